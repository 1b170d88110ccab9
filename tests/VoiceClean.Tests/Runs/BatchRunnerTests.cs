using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Dsp.Tests.Loudness;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Files;
using Xunit;

namespace VoiceClean.Tests.Runs;

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
    public void Whichever_file_operation_fails_that_clip_fails_the_rest_go_on_and_the_next_run_completes_the_tree()
    {
        for (int i = 0; i < 3; i++)
        {
            _folder.Clip($"s{i}/{i}.wav", i, samples: 320);
        }

        _folder.Run();
        string expected = _folder.Tree();
        Directory.Delete(_folder.Out, recursive: true);
        var counting = new FailingFiles(int.MaxValue, () => new IOException());
        _folder.Run(files: counting, batch: new BatchOptions { Jobs = 1 });
        Assert.InRange(counting.Operations, 30, 100);
        foreach (Func<Exception> fault in Faults)
        {
            for (int k = 1; k <= counting.Operations; k++)
            {
                Directory.Delete(_folder.Out, recursive: true);
                try
                {
                    (_, RunResult result) = _folder.Run(
                        files: new FailingFiles(k, fault),
                        batch: new BatchOptions { Jobs = 1 });
                    Assert.True(
                        result.Count(ClipStatus.Ok) >= 2 && result.Count(ClipStatus.Failed) <= 1,
                        $"operation {k}: {result.Count(ClipStatus.Ok)} done");
                    Assert.True(
                        result.Count(ClipStatus.Failed) == 1
                            || result.HasTemporaryFailure
                            || result.Count(ClipStatus.Ok) == 3);
                    Assert.False(result.IsStopped);
                }
                catch (VoiceCleanException e)
                {
                    // before any decoding
                    Assert.Contains(e.Kind, new[] { ErrorKind.Temporary, ErrorKind.Output });
                    Assert.Empty(
                        Directory.Exists(_folder.Out)
                            ? Directory.GetFiles(_folder.Out, "*.wav", SearchOption.AllDirectories)
                            : []);
                }

                Assert.Empty(Temporaries());
                (_, RunResult after) = _folder.Run();
                Assert.Equal(0, after.Count(ClipStatus.Failed));
                Assert.Equal(expected, _folder.Tree());
            }
        }
    }

    [Fact]
    public void On_a_disk_that_stays_full_the_batch_ends_early_says_so_and_leaves_nothing_half()
    {
        for (int i = 0; i < 50; i++)
        {
            _folder.Clip($"{i:00}.wav", i, samples: 320);
        }

        (IReadOnlyList<ClipReport> reports, RunResult result) = _folder.Run(
            files: new FullDisk(after: 60),
            batch: new BatchOptions { Jobs = 1 });
        Assert.True(result.HasTemporaryFailure && result.IsStopped);
        int done = reports.TakeWhile(r => r.Status == ClipStatus.Ok).Count();
        Assert.InRange(done, 2, 20);
        Assert.Equal(ReasonCodes.NoSpace, reports[done].Reason);
        Assert.Contains(_folder.Out, reports[done].Message, StringComparison.Ordinal);
        Assert.All(reports.Skip(done + 1), r => Assert.Equal(ReasonCodes.Cancelled, r.Reason));
        Assert.Empty(Temporaries());
        Assert.Equal(50, _folder.Run().Result is var r ? r.Count(ClipStatus.Ok) + r.Count(ClipStatus.Unchanged) : 0);
    }

    [Fact]
    public void Stale_temporary_files_of_ours_are_removed_and_others_stay()
    {
        _folder.Clip("s/a.wav");
        Directory.CreateDirectory(Path.Combine(_folder.Out, "s"));
        File.WriteAllText(Path.Combine(_folder.Out, "s", ".vc-0123abcd.tmp"), "half");
        File.WriteAllText(Path.Combine(_folder.Out, "s", ".vc-mine.tmp"), "not ours");
        string live = Path.Combine(_folder.Out, ".vc-89abcdef.tmp");
        using (DiskFiles.Instance.Create(live))
        {
            _folder.Run();
            Assert.True(File.Exists(live) || OperatingSystem.IsWindows());       // its writer lives
        }

        Assert.Equal(
            [".vc-mine.tmp", "a.wav"],
            Directory
                .GetFileSystemEntries(Path.Combine(_folder.Out, "s"))
                .Select(p => Path.GetFileName(p)!)
                .Order(StringComparer.Ordinal));
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

    [Theory]
    [InlineData("grows")]
    [InlineData("touched")]
    [InlineData("replaced")]
    [InlineData("vanishes")]
    public void An_input_that_changes_while_it_is_read_fails_and_gives_no_half_result(string how)
    {
        string path = _folder.Clip("a.wav");
        _folder.Clip("b.wav");
        bool done = false;
        var stage = new BatchFolder.Doing((clip, _) =>
        {
            if (clip.Id != "a.wav" || done)
            {
                return;
            }

            done = true;
            switch (how)
            {
                case "grows":
                    File.AppendAllText(path, "more");
                    break;
                case "touched":
                    File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
                    break;
                case "replaced":
                    _folder.Clip("new.wav", 7, samples: 4000);
                    File.Move(Path.Combine(_folder.In, "new.wav"), path, overwrite: true);
                    break;
                case "vanishes":
                    File.Delete(path);
                    break;
            }
        });
        (IReadOnlyList<ClipReport> reports, _) = _folder.Run(stage: stage);
        Assert.Equal((ClipStatus.Failed, ReasonCodes.IoError), (reports[0].Status, reports[0].Reason));
        Assert.Equal(ClipStatus.Ok, reports[1].Status);
        Assert.False(File.Exists(Path.Combine(_folder.Out, "a.wav")));
        if (how != "vanishes")
        {
            Assert.Equal([ClipStatus.Ok, ClipStatus.Unchanged], Statuses(_folder.Run(stage: stage)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_clip_that_hangs_ends_with_timeout_and_the_next_one_is_cleaned(bool listens)
    {
        _folder.Clip("a.wav", 1);
        _folder.Clip("b.wav", 2);
        _folder.Clip("c.wav", 3);
        using var never = new ManualResetEventSlim();
        Thread? hanging = null;
        var stage = new BatchFolder.Doing(
            (clip, cancellation) =>
            {
                if (clip.Id == "a.wav")
                {
                    hanging = Thread.CurrentThread;
                    never.Wait(Await.Limit, listens ? cancellation : default);
                }
            });
        // Far longer than the others take on a machine with much else to do.
        (IReadOnlyList<ClipReport> reports, _) = _folder.Run(
            stage: stage,
            batch: new BatchOptions { Jobs = 1, ClipTimeout = TimeSpan.FromSeconds(4) });
        Assert.Equal([ReasonCodes.Timeout, null, null], reports.Select(r => r.Reason));
        never.Set();
        Assert.True(hanging!.Join(Await.Limit));
        Assert.False(File.Exists(Path.Combine(_folder.Out, "a.wav")), "a clip that was given up must not appear later");
        Assert.Empty(Temporaries());
    }

    [Fact]
    public void A_stop_leaves_a_clip_behind_that_does_not_listen_and_the_next_run_completes()
    {
        for (int i = 0; i < 20; i++)
        {
            _folder.Clip($"{i:00}.wav", i);
        }

        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        Thread? hanging = null;
        bool hang = true;
        var stage = new BatchFolder.Doing(
            (clip, cancellation) =>
            {
                if (clip.Id == "05.wav" && hang)
                {
                    hanging = Thread.CurrentThread;
                    stop.Cancel();
                    never.Wait(Await.Limit, CancellationToken.None);
                }
            });
        (IReadOnlyList<ClipReport> reports, RunResult result) = _folder.Run(
            stage: stage,
            batch: new BatchOptions { Jobs = 2 },
            stop: stop.Token);
        Assert.True(hanging!.IsAlive, "the run has waited for a clip that does not listen");
        Assert.True(result.IsStopped);
        Assert.Equal(20, reports.Count);
        Assert.Contains(reports, r => r.Reason == ReasonCodes.Cancelled);
        never.Set();
        Assert.True(hanging.Join(Await.Limit));
        hang = false;
        (_, RunResult after) = _folder.Run(stage: stage);
        Assert.Equal(20, after.Count(ClipStatus.Ok) + after.Count(ClipStatus.Unchanged));
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

    private static IEnumerable<ClipStatus> Statuses((IReadOnlyList<ClipReport> Reports, RunResult Result) run) =>
        run.Reports.Select(r => r.Status);

    private string[] Temporaries() =>
        Directory.Exists(_folder.Out)
            ? Directory.GetFiles(
                _folder.Out,
                ".vc-*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            : [];

    private static readonly Func<Exception>[] Faults =
    [
        () => new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28),
        () => new IOException("Input/output error", 5),
        () => new IOException("Too many open files", 24),
        () => new UnauthorizedAccessException(),
    ];

    /// <summary>A disk that fills up: from some write on, all fail.</summary>
    private sealed class FullDisk(int after) : IOutputFiles
    {
        private int _writes;

        public Stream Create(string path) => new Limited(DiskFiles.Instance.Create(path), this);

        public Stream OpenAppend(string path) => new Limited(DiskFiles.Instance.OpenAppend(path), this);

        public void FlushToDisk(Stream stream)
        {
        }

        public void Replace(string temporary, string target) => DiskFiles.Instance.Replace(temporary, target);

        public void PublishNew(string temporary, string target) => DiskFiles.Instance.PublishNew(temporary, target);

        public void Delete(string path) => DiskFiles.Instance.Delete(path);

        public void CreateDirectory(string path) => DiskFiles.Instance.CreateDirectory(path);

        public void FlushDirectory(string path)
        {
        }

        private sealed class Limited(Stream inner, FullDisk disk) : Stream
        {
            public override bool CanRead => false;

            public override bool CanSeek => false;

            public override bool CanWrite => true;

            public override long Length => inner.Length;

            public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

            public override void Flush()
            {
            }

            public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count)
            {
                if (Interlocked.Increment(ref disk._writes) > disk.Limit)
                {
                    throw new IOException(
                        "No space left on device",
                        OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
                }

                inner.Write(buffer, offset, count);
            }

            protected override void Dispose(bool disposing)
            {
                inner.Dispose();
                base.Dispose(disposing);
            }
        }

        private int Limit => after;
    }
}
