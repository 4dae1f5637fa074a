"""The library of regulations of an association: what calls refer to, in versions that do not change."""
