namespace VoiceClean.Inspection;

/// <summary>
/// Says what a recording is good for. The only judge: the quality gate, inspection, batches and data sets ask it with
/// the same measurements and the same options, and so cannot disagree. What it knows stands in <see
/// cref="JudgeTable"/>.
/// </summary>
internal static class Judge
{
    /// <summary>Judges a recording by what was measured on it; what was not measured is not held against it.</summary>
    /// <param name="measured">The figures.</param>
    /// <param name="options">The limits that can be chosen.</param>
    public static Assessment Assess(Measurements measured, QualityGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(options);
        var found = new List<Finding>();
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (JudgeRule rule in JudgeTable.Rules)
        {
            if (subjects.Contains(JudgeRule.Presence) || subjects.Contains(rule.Subject))
            {
                continue;
            }

            if (rule.Apply(measured, options) is { } finding)
            {
                found.Add(finding);
                subjects.Add(rule.Subject);
            }
        }

        // A stable order: of equal verdicts the rule that stands first.
        return new Assessment([.. found.OrderByDescending(f => f.Verdict)]);
    }
}
