"""结算单对账: what may have been different, when a settlement sheet does not say what the rules give for the case.

``paid`` what the sheet says, ``changes`` what may have been otherwise, ``solve`` the amount that fits, ``search`` all
explanations and their order.
"""
