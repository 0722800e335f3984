"""How each mechanism of a policy file is written, one module per mechanism, named as in ``stages``.

A module defines the keys (``shape``) and gives the model's value; what the rules of one edition must have in common is
checked in ``coherence``.
"""
