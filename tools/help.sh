#!/bin/sh
# Print the targets of the Makefile that carry a description.
echo "用法：make 命令"
sed -n 's/^\([a-z]*\):[^#]*## \(.*\)$/  make \1|\2/p' Makefile |
    while IFS='|' read -r command words; do printf '%-16s %s\n' "$command" "$words"; done
