using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>What a second run finds done, and what it makes again.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_run_changes_nothing_and_keeps_the_figures_of_the_first()
    {
        _folder.Clip("a.wav");
        _folder.Clip("s/b.wav");
        (IReadOnlyList<ClipReport> first, _) = _folder.Run();
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_folder.Out, "a.wav"));
        (IReadOnlyList<ClipReport> second, _) = _folder.Run();
        Assert.All(second, r => Assert.Equal(ClipStatus.Unchanged, r.Status));
        Assert.Equal(first.Select(Figures), second.Select(Figures));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folder.Out, "a.wav")));

        static (string, string?, double) Figures(ClipReport r) =>
            (r.Id, r.Output!.Sha256, Math.Round(r.Before!.SamplePeakDbfs!.Value, 5));
    }

    [Fact]
    public void Only_what_has_changed_is_made_again()
    {
        string a = _folder.Clip("a.wav", 1);
        _folder.Clip("b.wav", 2);
        _folder.Run();
        _folder.Clip("a.wav", 3);
        Assert.Equal([ClipStatus.Ok, ClipStatus.Unchanged], Statuses(_folder.Run()));
        File.SetLastWriteTimeUtc(a, new DateTime(2020, 1, 1));
        Assert.Equal([ClipStatus.Ok, ClipStatus.Unchanged], Statuses(_folder.Run()));
        CleaningOptions other = BatchFolder.Plain with { SampleRate = 16_000 };
        Assert.Equal([ClipStatus.Ok, ClipStatus.Ok], Statuses(_folder.Run(other)));
        Assert.Equal(16_000, BitConverter.ToInt32(File.ReadAllBytes(Path.Combine(_folder.Out, "a.wav")), 24));
        File.Delete(Path.Combine(_folder.Out, "b.wav"));
        Assert.Equal([ClipStatus.Unchanged, ClipStatus.Ok], Statuses(_folder.Run(other)));
        Assert.Equal(
            [ClipStatus.Ok, ClipStatus.Ok],
            Statuses(_folder.Run(other, new BatchOptions { Overwrite = OverwriteMode.Always })));
    }

    [Fact]
    public void By_checksum_a_touched_input_is_unchanged_and_an_altered_one_with_the_old_time_is_not()
    {
        string a = _folder.Clip("a.wav", 1), b = _folder.Clip("b.wav", 2);
        var batch = new BatchOptions { Checksum = true };
        _folder.Run(batch: batch);
        DateTime time = File.GetLastWriteTimeUtc(b);
        _folder.Clip("b.wav", 5);
        File.SetLastWriteTimeUtc(b, time);
        File.SetLastWriteTimeUtc(a, new DateTime(2020, 1, 1));
        Assert.Equal([ClipStatus.Unchanged, ClipStatus.Ok], Statuses(_folder.Run(batch: batch)));
    }

    [Fact]
    public void A_foreign_file_in_the_output_is_never_overwritten_unless_so_ordered()
    {
        _folder.Clip("a.wav", 1);
        _folder.Clip("b.wav", 2);
        Directory.CreateDirectory(_folder.Out);
        string foreign = Path.Combine(_folder.Out, "a.wav");
        File.WriteAllText(foreign, "precious");
        for (int run = 0; run < 2; run++)
        {
            (IReadOnlyList<ClipReport> reports, _) = _folder.Run();
            Assert.Equal((ClipStatus.Failed, ReasonCodes.OutputExists), (reports[0].Status, reports[0].Reason));
            Assert.Equal("precious", File.ReadAllText(foreign));
        }

        Assert.Equal(
            [ClipStatus.Ok, ClipStatus.Ok],
            Statuses(_folder.Run(batch: new BatchOptions { Overwrite = OverwriteMode.Always })));
    }

    [Theory]
    [InlineData(nameof(OverwriteMode.Stale))]
    [InlineData(nameof(OverwriteMode.Never))]
    public void A_result_that_somebody_has_edited_is_foreign_too(string mode)
    {
        _folder.Clip("a.wav", 1);
        _folder.Run();
        string output = Path.Combine(_folder.Out, "a.wav");
        byte[] edited = File.ReadAllBytes(output);
        edited[100] ^= 1;
        File.WriteAllBytes(output, edited);
        (IReadOnlyList<ClipReport> reports, _) = _folder.Run(
            BatchFolder.Plain with
            {
                SampleRate = 16_000,
            },
            new BatchOptions { Overwrite = Enum.Parse<OverwriteMode>(mode) });
        Assert.Equal(ReasonCodes.OutputExists, Assert.Single(reports).Reason);
        Assert.Equal(edited, File.ReadAllBytes(output));
    }

    [Fact]
    public void A_journal_cut_off_at_any_byte_leads_to_the_same_tree_without_failures()
    {
        for (int i = 0; i < 3; i++)
        {
            _folder.Clip($"{i}.wav", i, samples: 320);
        }

        _folder.Run();
        string expected = _folder.Tree(), journal = Path.Combine(_folder.State, "journal.jsonl");
        byte[] whole = File.ReadAllBytes(journal);
        for (int length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(journal, whole[..length]);
            (_, RunResult result) = _folder.Run(batch: new BatchOptions { Jobs = 1 });
            Assert.Equal(0, result.Count(ClipStatus.Failed));
            Assert.Equal(expected, _folder.Tree());
        }
    }

    [Fact]
    public void A_refused_clip_leaves_no_output_is_not_tried_again_and_takes_an_outdated_result_of_ours_away()
    {
        string path = _folder.Clip("a.wav");
        int calls = 0;
        bool refuse = true;
        var gate = new BatchFolder.Doing((_, _) =>
        {
            calls++;
            if (refuse)
            {
                throw new ClipRefusedException(ReasonCodes.SnrTooLow, "too noisy");
            }
        });
        for (int run = 0; run < 2; run++)
        {
            (IReadOnlyList<ClipReport> reports, _) = _folder.Run(stage: gate);
            Assert.Equal(
                (ClipStatus.Rejected, ReasonCodes.SnrTooLow, "too noisy"),
                (reports[0].Status, reports[0].Reason, reports[0].Message));
        }

        Assert.Equal(1, calls);
        Assert.False(File.Exists(Path.Combine(_folder.Out, "a.wav")));
        refuse = false;
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1));
        Assert.Equal([ClipStatus.Ok], Statuses(_folder.Run(stage: gate)));
        refuse = true;
        File.SetLastWriteTimeUtc(path, new DateTime(2021, 1, 1));
        Assert.Equal([ClipStatus.Rejected], Statuses(_folder.Run(stage: gate)));
        Assert.False(File.Exists(Path.Combine(_folder.Out, "a.wav")));
    }

    [Fact]
    public void A_shard_layout_is_pinned_by_the_first_run()
    {
        _folder.Clip("a.wav");
        _folder.Run(shard: new Shard(1, 2));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<VoiceCleanException>(() => _folder.Run()).Kind);
        Assert.Equal(
            ErrorKind.Usage,
            Assert.Throws<VoiceCleanException>(() => _folder.Run(shard: new Shard(1, 3))).Kind);
        _folder.Run(shard: new Shard(2, 2));
        Assert.True(File.Exists(Path.Combine(_folder.Out, "a.wav")));
    }

    private static IEnumerable<ClipStatus> Statuses((IReadOnlyList<ClipReport> Reports, RunResult Result) run) =>
        run.Reports.Select(r => r.Status);
}
