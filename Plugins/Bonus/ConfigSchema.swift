/// The JSON Schema of a bonus component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a bonus component",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "steps": {
          "type": "array", "minItems": 1,
          "description": "Attainments and what reaching them pays, ascending; the highest one reached counts. Steps of 2,000 at 80% and 5,000 at 100%: 95% pays 2,000, 100% pays 5,000.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["at_least", "amount"],
            "properties": {
              "at_least": {"type": "number", "unit": "share", "description": "The attainment of the measure's quota that reaches the step."},
              "amount": {"type": "number", "unit": "money", "description": "What it pays, once a window."}
            }
          }
        },
        "paid": {"enum": ["window-end", "when-reached"], "description": "Whether the attainment is looked at in the last period of the measure's window, or in each period, with what is due then less what was paid before."},
        "fallen": {"enum": ["keep", "take-back"], "description": "With `when-reached` only: what becomes of a bonus when a return brings the attainment below its step in the same window."}
      }
    }
    """#
}
