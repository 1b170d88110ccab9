using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>One run: a verdict for every input, in order, whatever is in them.</summary>
public sealed class BatchRunnerTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_input_gets_one_verdict_in_the_order_of_the_plan_and_a_bad_one_stops_nobody()
    {
        for (int i = 0; i < 30; i++)
        {
            _folder.Clip($"{i % 3}/{i:00}.wav", i);
        }

        File.WriteAllBytes(Path.Combine(_folder.In, "0", "bad.mp3"), "<html>"u8.ToArray());
        File.WriteAllBytes(Path.Combine(_folder.In, "1", "empty.wav"), []);
        (IReadOnlyList<ClipReport> reports, RunResult result) = _folder.Run(batch: new BatchOptions { Jobs = 4 });
        Assert.Equal(reports.Select(r => r.Id).Order(StringComparer.Ordinal), reports.Select(r => r.Id));
        Assert.Equal((30, 2), (result.Count(ClipStatus.Ok), result.Count(ClipStatus.Failed)));
        Assert.Equal(
            [ReasonCodes.UnsupportedFormat, ReasonCodes.EmptyFile],
            reports.Where(r => r.Status == ClipStatus.Failed).Select(r => r.Reason));
        Assert.Equal(30, Directory.GetFiles(_folder.Out, "*.wav", SearchOption.AllDirectories).Length);
        Assert.False(result.HasTemporaryFailure || result.IsStopped);
    }

    [Fact]
    public void The_tree_is_the_same_for_any_number_of_jobs_and_any_shards()
    {
        for (int i = 0; i < 24; i++)
        {
            _folder.Clip($"{i % 5}/{i:00}.wav", i);
        }

        string? expected = null;
        foreach ((int jobs, int shards) in new[] { (1, 1), (2, 1), (8, 1), (2, 3), (1, 7) })
        {
            for (int i = 1; i <= shards; i++)
            {
                _folder.Run(batch: new BatchOptions { Jobs = jobs }, shard: new Shard(i, shards));
            }

            Assert.Equal(24, Directory.GetFiles(_folder.Out, "*.wav", SearchOption.AllDirectories).Length);
            expected ??= _folder.Tree();
            Assert.Equal(expected, _folder.Tree());
            Directory.Delete(_folder.Out, recursive: true);
        }
    }

    [Fact]
    public void After_the_allowed_number_of_failures_the_batch_ends()
    {
        for (int i = 0; i < 40; i++)
        {
            File.WriteAllText(Path.Combine(_folder.In, $"{i:00}.mp3"), "<html>");
        }

        (IReadOnlyList<ClipReport> reports, RunResult result) = _folder.Run(
            batch: new BatchOptions { Jobs = 1, MaxFailures = 3 });
        Assert.True(result.IsStopped);
        Assert.Equal(
            [3, 37],
            [
                reports.Count(r => r.Reason == ReasonCodes.UnsupportedFormat),
                reports.Count(r => r.Reason == ReasonCodes.Cancelled),
            ]);
    }

    [Fact]
    public void A_wav_cut_off_anywhere_gets_a_verdict_and_never_an_internal_error()
    {
        byte[] whole = File.ReadAllBytes(_folder.Clip("whole.wav", 1, samples: 200));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path.Combine(_folder.In, $"{length:0000}.wav"), whole[..length]);
        }

        (IReadOnlyList<ClipReport> reports, _) = _folder.Run();
        Assert.Equal(whole.Length + 1, reports.Count);
        Assert.Equal(ReasonCodes.EmptyFile, reports[0].Reason);
        Assert.All(
            reports,
            r =>
                Assert.True(
                    r.Status == ClipStatus.Ok || r.Reason is not (null or ReasonCodes.InternalError),
                    $"{r.Id}: {r.Message}"));
        Assert.All(
            reports.Where(r => r.Status == ClipStatus.Ok && r.Id != "whole.wav"),
            r => Assert.Contains(r.Warnings, w => w.Code == WarningCodes.Truncated));
    }
}
