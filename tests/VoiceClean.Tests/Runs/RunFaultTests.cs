using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Files;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>
/// Disks that fail, inputs that change, clips that hang: no half result, and the next run completes the tree.
/// </summary>
public sealed class RunFaultTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

    private static readonly Func<Exception>[] Faults =
    [
        () => new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28),
        () => new IOException("Input/output error", 5),
        () => new IOException("Too many open files", 24),
        () => new UnauthorizedAccessException(),
    ];

    private static IEnumerable<ClipStatus> Statuses((IReadOnlyList<ClipReport> Reports, RunResult Result) run) =>
        run.Reports.Select(r => r.Status);

    private string[] Temporaries() =>
        Directory.Exists(_folder.Out)
            ? Directory.GetFiles(
                _folder.Out,
                ".vc-*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            : [];
}
