/// The JSON Schema of a component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a component of rewards that are no cash",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "account": {
          "type": "object", "additionalProperties": false, "required": ["earn"],
          "description": "An account of points for each payee. What is earned is the component's pay, in points; its balance, what was redeemed, expired and so on stand beside it.",
          "properties": {
            "earn": {
              "type": "array", "description": "The rules by which points are earned; all of them count.",
              "items": {"anyOf": [
                {"type": "object", "additionalProperties": false, "required": ["points", "per", "of"], "properties": {
                  "points": {"type": "integer", "minimum": 1, "description": "How many points."},
                  "per": {"type": "number", "exclusiveMinimum": 0, "description": "For so much of the column. 2 points per 100: 250.00 is 5 points, and a return of 250.00 takes back 5."},
                  "of": {"type": "string", "description": "The column of the lines: `amount`, or a column of the credited table."},
                  "round": {"enum": ["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"], "description": "How parts of a point are rounded, line by line. 1 per 100 of 199.00: 1 by `down`, 2 by `half-up`."}
                }},
                {"type": "object", "additionalProperties": false, "required": ["points", "per"], "properties": {
                  "points": {"type": "integer", "minimum": 1, "description": "How many points."},
                  "per": {"const": "line", "description": "For each line."}
                }},
                {"type": "object", "additionalProperties": false, "required": ["points", "when"], "properties": {
                  "points": {"type": "integer", "minimum": 1, "description": "How many points."},
                  "when": {"$ref": "#/$defs/condition", "description": "In each period in which this was reached, on its last day."}
                }},
                {"type": "object", "additionalProperties": false, "required": ["from"], "properties": {
                  "from": {"type": "string", "description": "Another component that pays points, a contest for example; they come on the last day of its period."}
                }}
              ]}
            },
            "expire": {
              "stated": "always",
              "description": "When points are lost, the oldest first: `never`, or so many months after they were earned.",
              "anyOf": [{"const": "never"}, {"type": "object", "additionalProperties": false, "required": ["months"], "properties": {
                "months": {"type": "integer", "minimum": 1, "description": "How many months they last."},
                "counted": {"stated": "always", "enum": ["day", "month-end"], "description": "With 12 months, points of 2026-03-15 are gone on 2027-03-15 (`day`), or on 2027-04-01 (`month-end`)."}
              }}]
            },
            "short": {"stated": "always", "enum": ["forgive", "owe"], "description": "What becomes of points that a return takes back and that are not there any more. 30 there and 50 to be taken: `forgive` leaves 0; `owe` leaves 0, and 20 are taken off what is earned next. The balance is never below zero."},
            "opening": {
              "type": "object", "additionalProperties": false, "required": ["table", "person", "points", "date"],
              "description": "What was there before the plan begins: a table with a row for each part of a balance.",
              "properties": {
                "table": {"type": "string", "description": "The table."}, "person": {"type": "string", "description": "Its column with the payee's id."},
                "points": {"type": "string", "description": "Its column with the points."}, "date": {"type": "string", "description": "Its column with the day on which they were earned, from which they expire."}
              }
            },
            "redeem": {"$ref": "#/$defs/choices", "description": "What people chose for their points; the oldest points are taken first. What cannot be had takes no points, and is counted as refused."},
            "catalogue": {"$ref": "#/$defs/catalogue", "description": "What can be had for points."},
            "levels": {
              "type": "object", "additionalProperties": false, "required": ["steps"],
              "description": "Levels like bronze, silver and gold. From 1,000 points silver: at 1,000 the level is 2.",
              "properties": {
                "by": {"stated": "always", "enum": ["earned", "balance"], "description": "Whether all that was ever earned counts, less what was taken back, or what is there."},
                "steps": {"type": "array", "description": "The levels, ascending.", "items": {"type": "object", "additionalProperties": false, "required": ["name", "at_least"], "properties": {
                  "name": {"type": "string", "description": "The level's name, to which a catalogue may refer."},
                  "at_least": {"type": "integer", "minimum": 0, "description": "The points from which on it is reached."}
                }}}
              }
            },
            "value": {"type": "number", "minimum": 0, "unit": "money", "description": "What a point is worth: the liability of the points that are there. 2,500 points at 0.01 are 25.00."},
            "role": {"type": "string", "description": "The attribute with the payee's role, where the catalogue is for roles: `payee.role`."}
          }
        },
        "gifts": {
          "type": "object", "additionalProperties": false, "required": ["catalogue"],
          "description": "Gifts: given by rules or chosen, within stock and budget, with their fair value and the tax on it. The component pays the gross-up, in money.",
          "properties": {
            "catalogue": {"$ref": "#/$defs/catalogue", "description": "What can be given; `value` is wanted."},
            "give": {
              "type": "array", "description": "What is given in each period in which something was reached or won.",
              "items": {"type": "object", "additionalProperties": false, "required": ["item"], "properties": {
                "item": {"type": "string", "description": "The item of the catalogue."},
                "when": {"$ref": "#/$defs/condition", "description": "What must be reached; with `team`, by its members' figures together."},
                "won": {"type": "string", "description": "A column of another component that says how often it was won: `CONTEST.won_ITEM`."},
                "team": {"type": "string", "description": "The attribute that names the team which is given the item together: a dinner of 1,000.00 for three is worth 333.34, 333.33 and 333.33."}
              }}
            },
            "chosen": {"$ref": "#/$defs/choices", "description": "What people chose. With a column `state` an item has its value once it is `delivered`, and is pending before."},
            "budget": {"type": "number", "minimum": 0, "unit": "money", "description": "The most that all gifts together may be worth; what goes beyond it is refused, and counted as such."},
            "gross_up": {
              "type": "object", "additionalProperties": false, "required": ["method"],
              "description": "What is paid on top so that the tax on a gift costs the payee nothing.",
              "properties": {
                "method": {"enum": ["none", "flat", "inclusive", "brackets"], "description": "On 1,000.00 at 22%: nothing; 220.00 by `flat`; 1,000 × 0.22 / 0.78 = 282.05 by `inclusive`, with the tax on the gross-up itself; by the `brackets` above the payee's income."},
                "rate": {"type": "number", "minimum": 0, "unit": "share", "description": "The rate of `flat` and `inclusive`, below 100%."},
                "brackets": {"type": "array", "description": "The brackets of a year's income, ascending; the last is open. 3% to 36,000 and 10% above: 10,000.00 on top of 30,000.00 has a gross-up of 644.44.", "items": {"type": "object", "additionalProperties": false, "required": ["rate"], "properties": {
                  "to": {"type": "number", "unit": "money", "description": "The upper edge."},
                  "rate": {"type": "number", "minimum": 0, "unit": "share", "description": "The rate between the edges, below 100%."}
                }}},
                "income": {"type": "string", "description": "With `brackets`: a number of the payee, the taxable income of the year beside the gifts: `payee.income`."},
                "round": {"enum": ["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"], "description": "How the gross-up is rounded; half-even unless stated."}
              }
            },
            "role": {"type": "string", "description": "The attribute with the payee's role, where the catalogue is for roles: `payee.role`."}
          }
        }
      },
      "$defs": {
        "condition": {
          "type": "object", "additionalProperties": false, "required": ["at_least"],
          "properties": {
            "attainment": {"type": "string", "description": "A measure with a quota: its figure over the quota. Without a quota nothing is attained."},
            "measure": {"type": "string", "description": "A measure: what it came to in the period."},
            "at_least": {"type": "number", "description": "What must be reached."}
          }
        },
        "choices": {
          "type": "object", "additionalProperties": false, "required": ["table", "person", "item", "date"],
          "properties": {
            "table": {"type": "string", "description": "A table with a row for each choice."},
            "person": {"type": "string", "description": "Its column with the payee's id."},
            "item": {"type": "string", "description": "Its column with the item of the catalogue."},
            "date": {"type": "string", "description": "Its column with the day."},
            "quantity": {"type": "string", "description": "Its column with how many; one unless named."},
            "state": {"type": "string", "description": "Its column with how far it has come: chosen, approved, ordered, delivered, cancelled. A cancelled one counts as never made."},
            "returned": {"type": "string", "description": "For points: its column with the day on which the item came back, empty for what did not. Its points then come back, each until the day on which it would have been lost, and so does the stock."}
          }
        },
        "catalogue": {
          "type": "object", "additionalProperties": false, "required": ["table", "item", "kind"],
          "description": "A table of the plan, and its columns.",
          "properties": {
            "table": {"type": "string", "description": "The table."},
            "item": {"type": "string", "description": "Its column with the item's name, each once."},
            "kind": {"type": "string", "description": "Its column with the kind: physical, voucher, trip, team-building, leave, training, badge or career-step."},
            "points": {"type": "string", "description": "Its column with what an item costs in points."},
            "value": {"type": "string", "description": "Its column with the fair market value; empty is zero."},
            "stock": {"type": "string", "description": "Its column with how many there are; empty is any number."},
            "role": {"type": "string", "description": "Its column with the role that an item is for; empty is every role."},
            "level": {"type": "string", "description": "Its column with the level that is needed; empty is none."}
          }
        }
      }
    }
    """#
}
