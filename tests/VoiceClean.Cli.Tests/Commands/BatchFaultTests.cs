using System.Diagnostics;
using System.Text.Json;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>What happens to a batch from outside, on the program as a process of its own.</summary>
public sealed class BatchFaultTests : IDisposable
{
    private readonly BatchWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Killed_at_random_times_no_file_is_partial_and_the_next_run_completes_the_same_tree() =>
        KillAndCompare(clips: 40, rounds: 4);

    [Fact]
    [Trait("Speed", "Slow")]
    public void Killed_two_hundred_times_no_file_is_partial_and_the_next_run_completes_the_same_tree()
    {
        Requires.SlowTests();
        KillAndCompare(clips: 100, rounds: 200);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_ends_the_run_with_its_code_and_a_complete_journal(string signal, int exitCode)
    {
        using Process process = StartWithoutEnd(clips: 200, "-j", "2", "-q");
        WaitForResults(5);
        UnixSignal.Send(process, signal);
        Await.Exit(process);
        Assert.Equal(exitCode, process.ExitCode);
        string[] lines = File.ReadAllLines(_work["out/.voiceclean/journal.jsonl"]);
        Assert.All(lines, l => JsonDocument.Parse(l).Dispose());
        Assert.Equal(lines.Length, _work.Results().Length);
        Assert.InRange(lines.Length, 5, 200);
        Assert.All(_work.Results(), r => Assert.EndsWith(".wav", r, StringComparison.Ordinal));
        TheNextRunCompletes(200);
    }

    [Fact]
    public void After_two_signals_the_code_is_the_same_and_the_next_run_completes()
    {
        using Process process = StartWithoutEnd(clips: 60, "-j", "2", "-q");
        WaitForResults(5);
        UnixSignal.Send(process, "TERM");
        UnixSignal.Send(process, "TERM");
        Await.Exit(process);
        Assert.Equal(143, process.ExitCode);
        TheNextRunCompletes(60);
    }

    [Fact]
    public void Of_two_runs_on_one_output_the_second_gives_way_and_names_the_first()
    {
        using Process first = StartWithoutEnd(clips: 20, "-j", "1", "-q");
        WaitForResults(1);
        BuiltProgram.Result second = _work.Batch();
        Assert.Equal(75, second.ExitCode);
        Assert.Contains($"process {first.Id} on {Environment.MachineName}", second.Errors, StringComparison.Ordinal);
        Assert.False(first.HasExited, "the first must still have been at work");
        first.Kill(entireProcessTree: true);
        Await.Exit(first);
        TheNextRunCompletes(20);        // its lock is stale now
    }

    [Fact]
    public void A_lock_that_another_machine_has_not_touched_for_a_minute_is_taken_over_and_a_fresh_one_is_not()
    {
        _work.Clips("a.wav");
        Directory.CreateDirectory(_work["out/.voiceclean"]);
        string path = _work["out/.voiceclean/lock"];
        File.WriteAllText(path, """{"host":"elsewhere","pid":1,"since":"2026-01-01T00:00:00Z"}""");
        BuiltProgram.Result held = _work.Batch();
        Assert.Equal(75, held.ExitCode);
        Assert.Contains("process 1 on elsewhere", held.Errors, StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-2));
        Assert.Equal(0, _work.Batch().ExitCode);
        File.WriteAllText(path, "garbage");
        Assert.Equal(0, _work.Batch().ExitCode);
    }

    [Fact]
    public void A_reader_of_the_JSON_that_goes_away_is_exit_code_5_and_the_next_run_completes()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a Unix shell");
        ManyClips(300);
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        string words = string.Join(' ', _work.Words("--json").Select(w => $"'{w}'"));
        using var shell = Process.Start(
            "/bin/sh",
            [
                "-c",
                $"{{ dotnet '{program}' {words} 2>'{_work["errors"]}'; echo $? >'{_work["code"]}'; }} | head -c 10 "
                    + ">/dev/null",
            ]);
        Await.Exit(shell);
        Assert.Equal("5", File.ReadAllText(_work["code"]).Trim());
        Assert.DoesNotContain("   at ", File.ReadAllText(_work["errors"]), StringComparison.Ordinal);
        Assert.Equal(0, _work.Batch("-q").ExitCode);
        Assert.Equal(300, _work.Results().Length);
    }

    [Fact]
    public void Standard_output_on_a_full_disk_is_exit_code_75()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        _work.Clips("a.wav");
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        string words = string.Join(' ', _work.Words("--json").Select(w => $"'{w}'"));
        using var shell = Process.Start(
            "/bin/sh",
            ["-c", $"dotnet '{program}' {words} >/dev/full 2>'{_work["errors"]}'"]);
        Await.Exit(shell);
        Assert.Equal(75, shell.ExitCode);
        Assert.Contains("standard output", File.ReadAllText(_work["errors"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_script_writes_after_the_JSON_stands_after_it()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a Unix shell");
        _work.Clips("a.wav");
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        string words = string.Join(' ', _work.Words("--json", "-q").Select(w => $"'{w}'"));
        using var shell = Process.Start(
            "/bin/sh",
            ["-c", $"{{ dotnet '{program}' {words}; echo END; }} >'{_work["all"]}'"]);
        Await.Exit(shell);
        string[] lines = File.ReadAllLines(_work["all"]);
        Assert.Equal(3, lines.Length);
        Assert.Equal("END", lines[2]);
    }

    [Fact]
    public void A_forbidden_output_folder_is_exit_code_5_before_any_decoding()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs permissions of Unix");
            return;
        }

        Assert.SkipWhen(
            Environment.UserName == "root",
            "root may write everywhere; by hand: tests/campaigns/faults.py denied");
        _work.Clips("a.wav");
        Directory.CreateDirectory(_work["out"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        BuiltProgram.Result run = _work.Batch();
        Assert.Equal(5, run.ExitCode);
        Assert.Empty(_work.Results());
    }

    [Fact]
    public void With_standard_input_closed_and_no_terminal_it_works_all_the_same()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a Unix shell");
        _work.Clips("a.wav");
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        string words = string.Join(' ', _work.Words("-q").Select(w => $"'{w}'"));
        using var shell = Process.Start("/bin/sh", ["-c", $"dotnet '{program}' {words} <&-"]);
        Await.Exit(shell);
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(["a.wav"], _work.Results());
    }

    private void KillAndCompare(int clips, int rounds)
    {
        ManyClips(clips);
        Assert.Equal(0, _work.Batch("-q").ExitCode);
        string expected = _work.Tree();
        var random = new Random(1);
        for (int i = 0; i < rounds; i++)
        {
            Directory.Delete(_work["out"], recursive: true);
            using (Process process = BuiltProgram.Start(_work.Words("-q")))
            {
                WaitForResults(random.Next(clips));
                process.Kill();
                Await.Exit(process);
            }

            foreach (string name in _work.Results().Where(n => n.EndsWith(".wav", StringComparison.Ordinal)))
            {
                byte[] file = File.ReadAllBytes(_work["out/" + name]);
                Assert.True(file.Length == BitConverter.ToInt32(file, 4) + 8, $"{name} is partial");
            }

            Assert.Equal(0, _work.Batch("-q").ExitCode);
            Assert.Equal(expected, _work.Tree());
        }
    }

    private void ManyClips(int count) =>
        _work.Clips([.. Enumerable.Range(0, count).Select(i => $"{i % 7}/{i:000}.wav")]);

    /// <summary>A run that cannot end by itself: behind its clips stands one whose decoder hangs.</summary>
    private Process StartWithoutEnd(int clips, params string[] more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals and scripts of Unix");
        ManyClips(clips);
        File.WriteAllBytes(_work["in/z.m4a"], [0, 0, 0, 24, .. "ftypM4A \0\0\0\0M4A mp42"u8, .. new byte[200]]);
        return BuiltProgram.Start(
            _work.Words(more),
            new Dictionary<string, string> { ["VOICECLEAN_FFMPEG"] = _work.Script("ffmpeg", "exec sleep 1000") });
    }

    private void TheNextRunCompletes(int clips)
    {
        File.Delete(_work["in/z.m4a"]);
        Assert.Equal(0, _work.Batch("-q").ExitCode);
        Assert.Equal(clips, _work.Results().Length);
    }

    private void WaitForResults(int count) =>
        Await.Until(
            () => _work.Results().Count(r => r.EndsWith(".wav", StringComparison.Ordinal)) >= count,
            $"The batch has made {count} clips");
}
