from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "keqiao.web.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Tell room files who may send and read the documents of calls, and the library of regulations how
        calls refer to it: tables are known only now.
        """
        import_module(f"{self.name}.documents").register_purposes()
        import_module(f"{self.name}.library").register_references()
