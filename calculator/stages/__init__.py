"""The settlement pipeline, one module per stage, in the order of a settlement sheet (结算单).

1 ``rules.edition_on``      which edition applies                      (SW-1)
2 ``cost``                  classify the cost 费用分类                   (SW-2)
3 ``away``                  out-of-area case; first pay before or after the deductible (SW-3)
4 ``deductible``, ``line``    起付线, and how much it is
5 ``share``                 ratios and brackets 按比例支付               (SW-4, SW-6)
6 ``away`` (in ``share``)   points, factor, own table
7 ``share``                 clamp of the ratio
8 ``cap``, ``raised``       封顶线, and what raises or lowers it            (SW-8 to SW-10, SW-17)
9–11 ``layer``, ``fixed``   the next layers, each on its own base       (SW-11 to SW-16)
12 ``guarantee``            保底
13 ``account``              个人账户                                    (SW-5)
14 ``rounding``             取整, and the payers' amounts
"""
