"""What people write about parties, associations, offices and regions. A folder: a file for each thing written about."""

from keqiao.web.parties.forms.associations import AssociationForm, OfficeForm, SecondPersonForm

__all__ = ["AssociationForm", "OfficeForm", "SecondPersonForm"]
