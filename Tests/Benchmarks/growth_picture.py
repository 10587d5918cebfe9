"""Draws curves on logarithmic scales as an SVG picture, for light and dark viewers."""

import html
import math

WIDTH, HEIGHT = 530, 330
LEFT, RIGHT, TOP, BOTTOM = 84, 132, 46, 54
# The first point stands this far right of the axis, so that its label has room.
INSET = 26
STYLE = """
  text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #3c4450 }
  .name0, .name1, .aside { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
  .ground { fill: #ffffff; stroke: #d5dae1 } .title { font-weight: 600; font-size: 13px; fill: #1c2128 }
  .grid { stroke: #e3e7ec; stroke-width: 1 } .axis { stroke: #8b96a5; stroke-width: 1 }
  .guide { stroke: #8b96a5; stroke-width: 1.2; stroke-dasharray: 3 4; fill: none } .small { font-size: 11px }
  .line0 { stroke: #0b62d6; stroke-width: 2.4; fill: none }
  .dot0 { fill: #0b62d6 } .name0 { fill: #0b62d6; font-weight: 600 }
  .line1 { stroke: #b4530a; stroke-width: 1.8; fill: none }
  .dot1 { fill: #b4530a } .name1 { fill: #b4530a }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3cbd6 } .ground { fill: #1c2128; stroke: #3a424d } .title { fill: #f0f3f6 }
    .name0, .name1, .aside { stroke: #1c2128 }
    .grid { stroke: #303842 } .axis { stroke: #6d7886 } .guide { stroke: #8b96a5 }
    .line0 { stroke: #6cb0ff } .dot0, .name0 { fill: #6cb0ff }
    .line1 { stroke: #f0a35e } .dot1, .name1 { fill: #f0a35e }
  }
"""


def picture(panels):
    """Two panels a row; a panel is (title, name of x, {name: [(x, y)]}, how a y is written, whether to draw a guide).

    The first of two curves is the upper one.
    """
    rows = (len(panels) + 1) // 2
    width, height = 2 * WIDTH, rows * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
    ]
    for row in range(rows):
        # Panels side by side share their scale, so that they can be compared.
        beside = panels[2 * row : 2 * row + 2]
        heights = [y for panel in beside for series in panel[2].values() for _, y in series]
        bounds = (decade(min(heights), math.floor), decade(max(heights), math.ceil))
        for column, panel in enumerate(beside):
            parts.append(f'<g transform="translate({column * WIDTH} {row * HEIGHT})">')
            parts += Panel(*panel, bounds).drawn()
            parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def decade(value, direction):
    return direction(math.log10(value) + (1e-9 if direction is math.floor else -1e-9))


class Panel:
    def __init__(self, title, name_of_x, series, written, has_guide, bounds):
        self.title, self.name_of_x, self.series = title, name_of_x, series
        self.written, self.has_guide = written, has_guide
        places = [x for points in series.values() for x, _ in points]
        self.first, self.last = decade(min(places), math.floor), decade(max(places), math.ceil)
        self.low, self.high = bounds
        self.high = max(self.high, self.low + 1)
        self.last = max(self.last, self.first + 1)

    def x(self, value):
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return LEFT + INSET + share * (WIDTH - LEFT - INSET - RIGHT)

    def y(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def drawn(self):
        parts = [text(LEFT, 26, self.title, "title")]
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        for power in range(self.low, self.high + 1):
            y = self.y(10.0**power)
            parts += [line(LEFT, y, right, y, "grid"), text(LEFT - 8, y + 4, self.rounded(10.0**power), "small", "end")]
        for power in range(self.first, self.last + 1):
            x = self.x(10**power)
            parts += [line(x, TOP, x, bottom, "grid"), text(x, bottom + 18, f"{10**power:,}", "small", "middle")]
        parts += [line(LEFT, bottom, right, bottom, "axis"), line(LEFT, TOP, LEFT, bottom, "axis")]
        parts.append(text((LEFT + right) / 2, bottom + 38, self.name_of_x, "", "middle"))
        if self.has_guide:
            parts += self.guide()
        for number, points in enumerate(self.series.values()):
            parts += self.curve(number, points)
        return parts + self.names()

    def rounded(self, value):
        """A round value without digits after its point."""
        return self.written(value).replace(".00 ", " ").replace(".0 ", " ")

    def guide(self):
        """A dotted line through our last point: what growth in proportion would look like."""
        x, y = next(iter(self.series.values()))[-1]
        start = max(10.0**self.first, x * 10.0**self.low / y)
        at_start = y * start / x
        return [
            line(self.x(start), self.y(at_start), self.x(x), self.y(y), "guide"),
            text(self.x(start) + 16, self.y(at_start) - 6, "in proportion", "small aside"),
        ]

    def curve(self, number, points):
        route = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        parts = [f'<polyline class="line{number}" points="{route}"/>']
        for x, y in points:
            parts.append(f'<circle class="dot{number}" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3.4"/>')
            # The upper curve is labelled above its points, the lower one below.
            beside = self.y(y) + (-9 if number == 0 else 17)
            parts.append(text(self.x(x), beside, self.written(y), f"small name{number}", "middle"))
        return parts

    def names(self):
        """The curves' names beside their last points, apart from each other."""
        parts, above = [], -math.inf
        for number, (name, points) in enumerate(self.series.items()):
            x, y = points[-1]
            above = max(above + 16, self.y(y) + 4)
            parts.append(text(self.x(x) + 34, above, name, f"name{number}"))
        return parts


def text(x, y, words, style, anchor="start"):
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def line(x1, y1, x2, y2, style):
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
