"""An edition under any scheme file.

So far it goes as far as the announcement: the files are loaded and published, people
and committee registered, what must be adopted is recorded, the edition announced. The
stages after that are listed for each class, in the scheme's own order, as not driven.
"""
