"""搜索: what the reader's browser searches, as small files made from the finished pages; nothing is sent anywhere.

`documents` says what can be found, `words` what readers call it, `index` packs both into files of at most 5 KB
compressed. The ranking is in `templates/js/rank.js`.
"""
