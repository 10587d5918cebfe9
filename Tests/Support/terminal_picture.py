"""Draws what a terminal shows as an SVG picture: text on standard input, picture on standard output."""

import html
import re
import sys

WIDTH, HEIGHT, TOP, LEFT = 7.83, 18, 46, 20
BACKGROUND, TEXT, COMMAND, FAINT, FIGURE = "#1c2128", "#d5dbe3", "#7ee2a8", "#8b96a5", "#ffd479"


def spans(line):
    """The line in pieces of one colour."""
    if line.startswith("$ "):
        return [(line, COMMAND)]
    parts = re.split(r"(\S+\.(?:yaml|csv):[0-9:]+|-?[0-9][0-9,]*\.[0-9]{2}(?=  |$)|[─│├└]+)", line)
    colours = []
    for part in parts:
        if re.fullmatch(r"\S+\.(?:yaml|csv):[0-9:]+|[─│├└]+", part):
            colours.append((part, FAINT))
        elif re.fullmatch(r"-?[0-9][0-9,]*\.[0-9]{2}", part):
            colours.append((part, FIGURE))
        else:
            colours.append((part, TEXT))
    return colours


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    width = int(max(map(len, lines)) * WIDTH + 2 * LEFT)
    height = TOP + len(lines) * HEIGHT + 14
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">')
    print(f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>')
    for index, colour in enumerate(["#ff5f57", "#febc2e", "#28c840"]):
        print(f'<circle cx="{22 + 20 * index}" cy="20" r="6" fill="{colour}"/>')
    print('<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13" xml:space="preserve">')
    for row, line in enumerate(lines):
        column, y = 0, TOP + row * HEIGHT + 8
        for part, colour in spans(line):
            if part.strip():
                indent = len(part) - len(part.lstrip())
                text = part.strip()
                x, length = LEFT + (column + indent) * WIDTH, len(text) * WIDTH
                print(f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" fill="{colour}">{html.escape(text)}</text>')
            column += len(part)
    print("</g>\n</svg>")


main()
