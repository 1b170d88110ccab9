namespace VoiceClean.Testing;

/// <summary>
/// A test cannot run here: a program is missing, or it is slow and was not asked for. Its message begins with the word
/// by which xunit.v3 knows a skip, so under xunit the test shows as skipped; with another runner catch it and skip.
/// </summary>
/// <param name="reason">What is missing, in one sentence.</param>
public sealed class TestSkippedException(string reason) : Exception("$XunitDynamicSkip$" + reason)
{
    /// <summary>What is missing, in one sentence.</summary>
    public string Reason => reason;
}
