"""An edition under any scheme file, from its files to its closing.

What is done at a stage follows from the stage's kind and from the scheme's figures;
no scheme, class or body is known here. The numbers of each class at each stage are
planned beforehand and compared with the database afterwards.
"""
