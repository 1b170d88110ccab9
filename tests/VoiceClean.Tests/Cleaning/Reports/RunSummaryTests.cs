using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Reports;

public class RunSummaryTests
{
    [Fact]
    public void Warnings_count_recordings_that_have_a_result_once_for_each_code()
    {
        RunSummary summary = RunSummary.Of(
            [
                Report(ClipStatus.Ok, "low_snr", "low_snr", "music"),
                Report(ClipStatus.Unchanged, "low_snr"),
                Report(ClipStatus.Ok),
                Report(ClipStatus.Rejected, "truncated"),
                Report(ClipStatus.Failed, "truncated"),
            ],
            1);
        Assert.Equal(["low_snr 2", "music 1"], summary.Warnings.Select(w => $"{w.Key} {w.Value}"));
    }

    private static ClipReport Report(ClipStatus status, params string[] warnings) => new()
    {
        Id = "a.wav",
        Status = status,
        Warnings = [.. warnings.Select(w => new Warning(w, "One sentence."))],
    };
}
