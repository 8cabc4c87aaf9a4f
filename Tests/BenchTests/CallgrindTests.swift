import Testing
import bench

/// Counting by callgrind's profiles.
@Suite struct CallgrindTests {
  /// A profile as callgrind writes it: names once, then by number; costs are lines of a position and a count.
  private static func profile(total: Int, calls: Int) -> String {
    """
    # callgrind format
    version: 1
    events: Ir
    fn=(1) main
    16 400
    cfn=(2) malloc
    calls=\(calls) 50
    16 900
    cfn=(3) step'2
    calls=7 60
    20 10
    fn=(3)
    cfn=(2)
    calls=3 50
    16 400
    totals: \(total)
    """
  }

  @Test("instructions and calls of allocators are read, names by number resolved")
  func reading() {
    let profile = CallgrindProfile(text: Self.profile(total: 1710, calls: 5))
    #expect(profile.instructions == 1710)
    #expect(profile.calls == ["malloc": ["main": 5, "step'2": 3], "step": ["main": 7]])
  }

  @Test("a step's counts are the difference of two lengths over their steps")
  func difference() {
    let counts = StepCounts(
      from: CallgrindProfile(text: Self.profile(total: 1_000, calls: 5)),
      to: CallgrindProfile(text: Self.profile(total: 51_000, calls: 25)), steps: 10)
    #expect(counts.instructions == 5_000)
    #expect(counts.allocations == 2)
    #expect(counts.allocating == ["malloc", "main"])
  }

  @Test("a count above the budget, an allocation and a missing budget are complained about")
  func complaints() {
    let budgets = Budgets(instructionsPerStep: ["made-up": 4_800])
    func counts(_ total: Int, calls: Int) -> StepCounts {
      StepCounts(
        from: CallgrindProfile(text: Self.profile(total: 0, calls: 0)),
        to: CallgrindProfile(text: Self.profile(total: total, calls: calls)), steps: 10)
    }
    // 5,000 is 4.2 % above 4,800; 5,100 is 6.25 %.
    #expect(budgets.complaint(about: "made-up", counts(50_000, calls: 0)) == nil)
    #expect(
      budgets.complaint(about: "made-up", counts(51_000, calls: 0))
        == "made-up: 5100 instructions a step, 6.25 % above the budget of 4800; if that is worth it, say why and write "
        + "the new budget with make budgets")
    #expect(
      budgets.complaint(about: "made-up", counts(48_000, calls: 20))
        == "made-up: 2.00 allocations a step, most of them by malloc < main")
    #expect(
      budgets.complaint(about: "unheard-of", counts(1, calls: 0))
        == "unheard-of has no budget; write one with make budgets")
  }
}
