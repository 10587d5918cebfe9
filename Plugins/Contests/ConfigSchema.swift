/// The JSON Schema of a contest component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a contest component",
      "type": "object",
      "additionalProperties": false,
      "required": ["score", "winners"],
      "properties": {
        "pays": {"stated": "always", "enum": ["cash", "points", "items"], "description": "What the prizes are: money in the plan's currency, points, or items by name, of which the component counts how many were won."},
        "rounds": {
          "stated": "always",
          "description": "`period`: each period is a contest of its own. Or the rounds, each paid in the period that holds its last day.",
          "anyOf": [
            {"const": "period"},
            {"type": "array", "items": {
              "type": "object", "additionalProperties": false, "required": ["from", "to"],
              "properties": {
                "name": {"type": "string", "description": "What it is called; FROM/TO unless stated."},
                "from": {"type": "string", "description": "The first day."},
                "to": {"type": "string", "description": "The last day, included."}
              }
            }}
          ]
        },
        "score": {"$ref": "#/$defs/figure", "description": "What is compared: a sum or a count of lines in the round, a measure, its attainment, or growth over a base. 30,000 after 20,000 is a growth of 50%, and beats 90,000 after 80,000."},
        "best": {"enum": ["highest", "lowest"], "description": "Which score wins; the highest unless stated."},
        "at_least": {"stated": "always", "type": "number", "description": "The least score that can win anything. With 1000, a score of 999.99 has no rank."},
        "at_most": {"type": "number", "description": "With `best: lowest`, the greatest score that can win anything."},
        "eligible": {
          "type": "array", "description": "Figures that must be reached to take part at all. {attainment: bookings, at_least: 50%} leaves out who has less than half of the quota.",
          "items": {"$ref": "#/$defs/bar"}
        },
        "ranking": {"stated": "always", "enum": ["standard", "dense"], "description": "The place after two who share the first: the third (`standard`), or the second (`dense`)."},
        "ties": {"stated": "always", "enum": ["share", "duplicate", "draw", "nobody"], "description": "What those get who are equal in everything. Prizes of 500, 300 and 100 and two first ones by `standard`: `share` 400 each, `duplicate` 500 each, `draw` 500 and 300 by a draw, `nobody` nothing."},
        "tie_break": {
          "type": "array", "description": "What decides between equal scores, one after the other: `earliest`, the last line on the earlier day, or another figure.",
          "items": {"anyOf": [{"const": "earliest"}, {"$ref": "#/$defs/tieBreak"}]}
        },
        "winners": {
          "description": "Who wins what.",
          "anyOf": [
            {"type": "object", "additionalProperties": false, "required": ["places"], "properties": {"places": {"$ref": "#/$defs/prizes", "description": "The prizes of the first, second, third … place."}}},
            {"type": "object", "additionalProperties": false, "required": ["top", "prize"], "properties": {
              "top": {"type": "integer", "minimum": 1, "description": "How many of the best win."},
              "prize": {"$ref": "#/$defs/prize", "description": "What each of them wins."}
            }},
            {"type": "object", "additionalProperties": false, "required": ["top_share", "prize"], "properties": {
              "top_share": {"type": "number", "unit": "share", "description": "The share of the field that wins. 10% of 25 is 2.5: 3 by `up`, 2 by `down`."},
              "of": {"enum": ["participants", "finishers"], "description": "Of all who take part, or of those whose score is good enough to win."},
              "round": {"stated": "always", "enum": ["up", "down", "nearest"], "description": "How a part of a winner is rounded; `nearest` takes a half up."},
              "prize": {"$ref": "#/$defs/prize", "description": "What each of them wins."}
            }},
            {"type": "object", "additionalProperties": false, "required": ["reach"], "properties": {
              "reach": {
                "type": "array", "description": "Everyone who reaches a score wins; the last step that is reached counts. Steps of 100 at 5,000 and 300 at 10,000: 12,000 wins 300.",
                "items": {"type": "object", "additionalProperties": false, "required": ["score", "prize"], "properties": {
                  "score": {"type": "number", "description": "The score that reaches the step."},
                  "prize": {"$ref": "#/$defs/prize", "description": "What it wins."}
                }}
              }
            }},
            {"type": "object", "additionalProperties": false, "required": ["duels", "prize"], "properties": {
              "duels": {"type": "object", "additionalProperties": false, "required": ["table", "person", "duel"], "description": "Who meets whom: a table with a row for each person of a duel.", "properties": {
                "table": {"type": "string", "description": "The table."},
                "person": {"type": "string", "description": "Its column with the payee's id."},
                "duel": {"type": "string", "description": "Its column that is the same for those who meet."},
                "date": {"type": "string", "description": "Its column with a day in the round for which the row holds; without it rows hold for every round."}
              }},
              "prize": {"$ref": "#/$defs/prize", "description": "What the better one wins."}
            }},
            {"type": "object", "additionalProperties": false, "required": ["divisions"], "properties": {
              "divisions": {"type": "object", "additionalProperties": {"$ref": "#/$defs/prizes"}, "description": "With `league`: the prizes of the places of each division."}
            }},
            {"type": "object", "additionalProperties": false, "required": ["raffle", "prizes"], "properties": {
              "raffle": {"type": "object", "additionalProperties": false, "required": ["ticket"], "description": "Tickets by score, and prizes drawn among them.", "properties": {
                "ticket": {"type": "number", "description": "The score that makes one ticket; parts of a ticket count nothing. At 1,000 a score of 3,999 has 3."},
                "wins": {"enum": ["once", "per-ticket"], "description": "Whether a person can win once, or once with each ticket."}
              }},
              "prizes": {"$ref": "#/$defs/prizes", "description": "The prizes in the order in which they are drawn."}
            }}
          ]
        },
        "unclaimed": {"stated": "always", "enum": ["keep", "equally", "pro-rata"], "description": "What becomes of prizes when fewer can win than there are prizes: they are kept, or split among the winners, equally or in proportion to what they won. 500 and 300 claimed of 500, 300 and 80: 540 and 340 `equally`, 550 and 330 `pro-rata`."},
        "budget": {
          "type": "object", "additionalProperties": false, "required": ["amount"],
          "description": "The most that is paid to all together.",
          "properties": {
            "amount": {"type": "number", "minimum": 0, "description": "The most."},
            "per": {"stated": "always", "enum": ["round", "contest"], "description": "Whether it holds for each round, or for all rounds together in the order of their last days."},
            "over": {"stated": "always", "enum": ["scale", "in-order"], "description": "When the prizes exceed it: all get less in proportion, or the best are paid first. 600 and 300 with a budget of 600: 400 and 200 by `scale`, 600 and nothing by `in-order`."}
          }
        },
        "team": {
          "type": "object", "additionalProperties": false, "required": ["by"],
          "description": "Teams compete, not payees.",
          "properties": {
            "by": {"type": "string", "description": "The attribute that names the team, `payee.team`, on the last day of the period; who has none does not take part."},
            "score": {"stated": "always", "enum": ["sum", "average"], "description": "The team's score: its members' together, or for each head that takes part."},
            "split": {"stated": "always", "enum": ["equal", "by-score", "each"], "description": "A prize of 900 for a team of two with 20,000 and 10,000: 450 each, 600 and 300, or 900 for each."}
          }
        },
        "league": {
          "type": "object", "additionalProperties": false, "required": ["start", "divisions"],
          "description": "Payees compete in divisions, and move up and down after each round; who is tied across the line stays.",
          "properties": {
            "start": {"type": "string", "description": "The attribute that names the division in the first round, `payee.division`."},
            "divisions": {"type": "array", "items": {"type": "string"}, "description": "The divisions, the highest first."},
            "promote": {"type": "integer", "minimum": 0, "description": "How many of the best of a division move up after a round."},
            "relegate": {"type": "integer", "minimum": 0, "description": "How many of the last move down."}
          }
        },
        "seed": {"stated": "for draws", "type": "string", "description": "The text from which a draw can be replayed by anyone; publish it before the contest begins."}
      },
      "$defs": {
        "prize": {"type": ["number", "string"], "description": "An amount, or the name of an item."},
        "prizes": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/prize"}},
        "source": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "sum": {"type": "string", "description": "The column of the lines that is added up: `amount`, or a column of the credited table."},
            "count": {"const": "lines", "description": "How many lines there are."},
            "measure": {"type": "string", "description": "A measure of the plan: what it came to in the periods of the round, which must be whole ones."}
          }
        },
        "base": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "from": {"type": "string", "description": "The first day of the lines that make the base; the calendar must reach so far back."},
            "to": {"type": "string", "description": "The last day."},
            "column": {"type": "string", "description": "A number of the payee instead: `payee.last_year`."}
          }
        },
        "figure": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "sum": {"type": "string", "description": "The column of the lines that is added up: `amount`, or a column of the credited table."},
            "count": {"const": "lines", "description": "How many lines there are."},
            "measure": {"type": "string", "description": "A measure: what it came to in the periods of the round, which must be whole ones."},
            "attainment": {"type": "string", "description": "A measure with a quota: its figure over the quota, as it stands in the last period of the round. No quota is no score."},
            "growth": {"enum": ["amount", "share"], "description": "What there is more than in the base: as an amount, or as a share of the base. A base of zero has no share, and is no score."},
            "of": {"$ref": "#/$defs/source", "description": "What grows."},
            "base": {"$ref": "#/$defs/base", "description": "What it is compared with."}
          }
        },
        "bar": {
          "type": "object", "additionalProperties": false, "required": ["at_least"],
          "properties": {
            "sum": {"type": "string", "description": "As in `score`."}, "count": {"const": "lines", "description": "As in `score`."},
            "measure": {"type": "string", "description": "As in `score`."}, "attainment": {"type": "string", "description": "As in `score`."},
            "growth": {"enum": ["amount", "share"], "description": "As in `score`."},
            "of": {"$ref": "#/$defs/source", "description": "As in `score`."}, "base": {"$ref": "#/$defs/base", "description": "As in `score`."},
            "at_least": {"type": "number", "description": "What must be reached."}
          }
        },
        "tieBreak": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "sum": {"type": "string", "description": "As in `score`."}, "count": {"const": "lines", "description": "As in `score`."},
            "measure": {"type": "string", "description": "As in `score`."}, "attainment": {"type": "string", "description": "As in `score`."},
            "growth": {"enum": ["amount", "share"], "description": "As in `score`."},
            "of": {"$ref": "#/$defs/source", "description": "As in `score`."}, "base": {"$ref": "#/$defs/base", "description": "As in `score`."},
            "best": {"enum": ["highest", "lowest"], "description": "Which one wins; the highest unless stated."}
          }
        }
      }
    }
    """#
}
