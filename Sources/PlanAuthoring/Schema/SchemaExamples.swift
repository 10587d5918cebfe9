/// Plans in which every mapping that a plan can have stands at least once: the readers' keys are noted from them.
///
/// They need not pay anything. A key that can hold a mapping or a list is shown with one; one that can hold several
/// things is shown with each of them.
enum SchemaExamples {
  static let all = [whole, weeks, starts, payIn]

  private static let whole = """
    plan: Everything once
    currency: USD
    calendar:
      period: month
      from: 2026-01-01
      to: 2026-12-31
      payment: {day: last, weekends: stay, holidays: [2026-01-01]}
    data:
      people:
        csv: |
          id,name,team,role,hired,left
        key: id
        columns:
          id: text
          name: {type: text, optional: true}
          team: text
          role: text
          hired: date
          left: date?
      roles:
        csv: |
          person,value,from,to
        columns: {person: text, value: text, from: date, to: date?}
      territories:
        csv: |
          region,person,from,to
        columns: {region: text, person: text, from: date, to: date?}
      shares:
        csv: |
          deal,person,percent
        key: deal
        columns: {deal: text, person: text, percent: percent}
      rates:
        csv: |
          currency,date,rate
        columns: {currency: text, date: date, rate: {type: decimal, places: 4}}
      quotas:
        csv: |
          person,role,day,amount
        columns: {person: text, role: text, day: date, amount: money}
      balances:
        csv: |
          payee,step,due,amount
        columns: {payee: text, step: text, due: date?, amount: money}
      fallen:
        csv: |
          person,deal,date,since,paid,part,back
        columns: {person: text, deal: text, date: date, since: date, paid: money, part: percent, back: date?}
      earlier:
        csv: |
          person,deal,date,paid
        columns: {person: text, deal: text, date: date, paid: money}
      items:
        jsonl: |
          {"id": "I-1"}
        columns: {id: text}
      opportunities:
        sqlite: {file: crm.db, table: opportunities, reals: shortest}
        columns: {id: text}
      won:
        sqlite: {file: crm.db, query: SELECT id FROM opportunities}
        columns: {id: text}
      deals:
        file: deals.csv
        control: {rows: 1, sums: {amount: 12.50}}
        key: id
        columns:
          id: text
          date: date
          owner: text
          team: text
          region: text
          currency: text
          amount: money
          any_quantity: integer
          share: {lookup: {table: shares, column: percent, by: id, missing: zero}}
          place:
            lookup: {table: territories, column: person, match: {region: region}, date: date, from: from, to: to, missing: empty}
          until:
            lookup: {table: territories, column: person, match: {region: region}, date: date, until: to, missing: empty}
          margin: {type: money, formula: amount * 0.5, round: half-up, day: date}
    constants:
      number: 250000
      text: East
      day: 2026-01-01
      flag: true
      list: [1, East, true]
      dated: [{from: 2026-01-01, value: 1}, {value: East}, {value: true}, {value: [1]}]
    define: {is_large: amount >= number}
    people:
      table: people
      name: name
      team: team
      role: {table: roles, person: person, value: value, from: from, to: to}
      manager: {table: roles, person: person, value: value, from: from, until: to}
      attributes:
        grade: role
        place: {table: roles, person: person, value: value}
        overlay: {table: roles, person: person, has: {value: overlay}, from: from, to: to}
      pay:
        base: amount
        target: {table: quotas, person: person, value: amount, from: day}
        per: year
        spread: days
    assigned: {payees: payee.role == "rep", from: 2026-01-01, to: 2026-12-31}
    credits:
      own:
        table: deals
        date: date
        amount: amount
        to: owner
        split:
          table: shares
          row: deal
          person: person
          percent: percent
          remainder: owner
          quantities: {any_quantity: share}
        convert: {from: currency, table: rates, currency: currency, date: date, rate: rate, at: day}
        round: {places: 2, mode: half-up}
      assigned:
        table: deals
        date: date
        amount: amount
        to:
          - {column: owner, where: has(owner)}
          - {members: {team: team}, each: full}
          - {table: territories, match: {region: region}, person: person, from: from, to: to}
          - {table: territories, match: {region: region}, person: person, from: from, until: to}
          - {person: house}
          - {nobody: true}
          - nobody
      staged:
        table: deals
        amount: amount
        to: owner
        stages:
          order: {date: date, share: 60%}
          lead: {date: date, share: 10%, to: owner}
          payment:
            date: date
            share: 30%
            to:
              - {column: owner, where: has(owner)}
              - {members: {team: team}, each: full}
              - {table: territories, match: {region: region}, person: person, from: from, to: to}
              - {table: territories, match: {region: region}, person: person, from: from, until: to}
              - {person: house}
              - {nobody: true}
              - nobody
      overlay:
        table: deals
        date: date
        amount: amount
        to: owner
        split:
          table: shares
          row: deal
          person: person
          shares: {by: person, of: {ann: 60%}}
          total: any
          where: percent > 0
      followed:
        table: deals
        date: date
        amount: amount
        to: owner
        split:
          table: shares
          row: deal
          person: person
          shares: {by: person, of: {ann: 60%, ben: 40%}, vacant: scale}
          remainder: largest
      together:
        table: deals
        date: date
        amount: amount
        to: owner
        split: {table: shares, row: deal, person: person, shares: equal, remainder: largest}
      team: {roll_up: own, levels: 2, shares: [60%, 40%]}
      line: {roll_up: own, levels: all}
      passed: {roll_up: {earnings: commission}}
    measures:
      won: {count: lines, credits: own, over: period}
      regions: {distinct: region, credits: own, over: period}
      usual: {average: amount, credits: own, over: period, round: {places: 2, mode: half-up}, if_none: 0}
      share: {ratio: margin, to: amount, credits: own, over: period, round: {places: 4}, if_none: 0%}
      least: {min: amount, credits: own, over: period, if_none: 0}
      most_of: {max: amount, credits: own, over: period, if_none: 0}
      latest: {last: amount, credits: own, over: period, if_none: 0}
      earned: {margin: {price: amount, cost: margin, floor: 0}, credits: own, over: period}
      cash: {collected: {on: date, amount: amount, within: 60}, credits: own, over: period}
      wins:
        win_rate: {won: amount > 0, out_of: has(region), by: amount}
        credits: own
        over: period
        round: {places: 4}
        if_none: 0%
      reached:
        conversion: {from: has(region), to: amount > 0, by: lines}
        credits: own
        over: period
        round: {places: 4}
        if_none: 0
      fresh:
        new_customer_rate: {customer: region, new: amount > 0}
        credits: own
        over: period
        round: {places: 4}
        if_none: 0
      kept:
        retention: {of: logos, opening: amount, closing: margin}
        credits: own
        over: period
        round: {places: 4}
        if_none: 0
      waited:
        days_to_collect: {from: date, to: date, by: amount}
        credits: own
        over: period
        round: {places: 1}
        if_none: 0
      grown: {growth: {of: most_of, base: year-before}, over: period, round: {places: 4}, if_none: 0%}
      mixed: {formula: won + regions, over: period, round: {places: 4, mode: half-up}, if_none: 0}
      bookings:
        sum: amount
        credits: own
        over: year
        quota:
          table: quotas
          person: person
          date: day
          amount: amount
          scale: 50%
          convert: {from: person, table: rates, currency: currency, rate: rate, at: plan}
          against: full
          zero_quota: unmet
          active_days:
            from: hired
            to: left
            leave: {table: roles, person: person, from: from, to: to}
            first_day: counted
          ramp: {since: hired, shares: [50%, 100%]}
      by_role:
        sum: amount
        credits: own
        over: period
        quota:
          table: quotas
          of: {role: role}
          changes: by-day
          date: day
          amount: amount
          convert: {from: role, table: rates, currency: currency, date: date, rate: rate, at: month, day: period-end}
          zero_quota: unmet
    components:
      commission: {module: commission, credits: own, config: {}}
    outputs:
      statements: {columns: {Pay: total, Reached: {value: bookings.attainment, round: {places: 4}}}}
      lines: {credits: own, columns: {Pay: total, Own: {value: commission.earned, round: {places: 2}}}}
    teams:
      attribute: team
      parents: {North: All}
      modules:
        - {module: commission, team: North, enabled: false, from: 2026-01-01, to: 2026-02-01, reason: a, by: b}
    settle:
      opening: balances
      steps:
        most: {kind: cap, amount: 10000, components: [commission]}
        own: {kind: cap, amount: payee.left, per: year}
        draw:
          kind: draw
          amount: 2000
          pays: advance
          recoverable: true
          from: 2026-01-01
          to: 2026-12-31
          recover: {from: 2026-03-01, after: 30, max: 500, share: 25%, floor: 100}
        fallen:
          kind: clawback
          table: fallen
          person: person
          date: date
          since: since
          paid: paid
          bands: [{within: 90, share: 100%}]
          round: {places: 2, mode: half-up}
        left: {kind: clawback, table: fallen, person: person, date: date, since: since, paid: paid, pro_rata: 365}
        lines:
          kind: clawback
          table: fallen
          person: person
          date: date
          part: part
          back: back
          paid:
            row: deal
            of: [commission]
            earlier: {table: earlier, person: person, row: deal, date: date, amount: paid}
          pro_rata: 365
        held: {kind: holdback, share: 20%, release_after: 30, round: {places: 2, mode: half-up}}
        rest: {kind: carry}
    extends: base.yaml
    include: [part.yaml]

    """

  private static let weeks = """
    plan: Weeks
    include: part.yaml
    people:
      table: people
      name: {table: names, person: person, value: value}
      team: {table: teams, person: person, value: value}
      role: role
      manager: manager
      attributes: {grade: grade}
      pay:
        base: {table: names, person: person, value: value}
        target: value
        ote: {table: names, person: person, value: value}
        mix: {table: names, person: person, value: value}
        per: period
    calendar: {period: month, weeks: 4-4-5, years: {FY2026: 2026-02-01}, to: 2027-01-30, payment: {day: 15, weekends: stay}}

    """

  private static let starts = """
    plan: Days on which periods begin
    calendar: {starts: [2026-01-01, 2026-02-15], to: 2026-03-31, payment: {days_after: 30, weekends: stay}}
    components: {grants: {module: equity, config: {}}}

    """
}
