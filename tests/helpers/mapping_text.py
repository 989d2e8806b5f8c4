"""A mapping file with every key, as people write it."""

EVERY_KEY = """\
schema: 1
sheet: [ERDF, 2024]
encoding: windows-1250
delimiter: "|"
header: [4, 5]
data: 7
layout: list
source: {id: stip, title: STIP Compass, url: "https://example.org", date: 2024}
columns:
  id: [Country, Policy ID]
  name: Policy name
  role: {from: 2020, split: [",", "|"], values: {Energy supply: energy, "Transport*": [a, b], 1: leave-out, "": "", 4.50: null, true: x, 2016-04-01: y}}
  level: {is: country}
  territories:
    - Place
    - {from: Country ISO, codes: iso3, at: country, unknown: leave-out}
    - {from: Region, at: [region, city]}
  starts: {from: Event, before: "|", after: 1, format: D/M/Y, differ: earliest}
  note: {from: [Objective, Description], join: "\\n", text: html, cut: true}
  url: {first: [Website, Link], unknown: ""}
wide:
  - {columns: {TH13: open-data, 14: skills}, are: role, values: {1: full}}
  - {columns: {from: First header, to: Last header}, are: role, cells: extent}
  - {columns: [A, 2], are: level, cells: names, split: ";"}
  - {columns: A, are: territories}
only: {Country: eu27, Status: [In force, 1]}
leave_out: [Budget, "Internal *"]
title: Our policies
as_of: 2026-06-30
levels: {eu: , country: eu27, region: [UKL1, UKL2]}
roles: {energy: Energy supply, 2020: }
fill_down: [name, cell]
all_new: true
"""
