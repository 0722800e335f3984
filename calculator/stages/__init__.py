"""The settlement pipeline, one module per stage, in the order of a settlement sheet (结算单).

1 ``rules.edition_on``         which edition applies                             (SW-1)
2 ``cost``, ``items``          classify the cost 费用分类, items with rules of their own (SW-2)
3 ``away``, ``account``        out-of-area case, its first pay (SW-3); a pot of the account that goes first
4 ``deductible``, ``line``     起付线, and how much it is
5 ``share``, ``changes``       ratios and brackets 按比例支付 (SW-4, SW-6); bonuses and reductions (SW-7)
6 ``away`` (in ``share``)      points, factor, own table
7 ``share``                    clamp of the ratio
8 ``cap``, ``raised``          封顶线, and what raises or lowers it                  (SW-8 to SW-10, SW-17)
9–11 ``layer``, ``fixed``      the next layers, each on its own base; lump sums, true-ups (SW-11 to SW-16)
12 ``guarantee``               保底
13 ``account``                 个人账户                                            (SW-5)
14 ``account`` (rounding)      取整, and the payers' amounts

``amount`` gives an amount of the policy wherever one is needed. What waits for the end of the year is ``year_end``.
"""
