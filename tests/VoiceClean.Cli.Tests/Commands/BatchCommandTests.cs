using System.Text.Json.Nodes;
using System.Text;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public sealed class BatchCommandTests : IDisposable
{
    private readonly BatchWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_folder_becomes_a_mirrored_tree_with_one_line_an_input_and_a_summary_and_again_is_unchanged()
    {
        _work.Clips("a.wav", "s/b.wav", "s/t/c d.WAV");
        File.WriteAllText(_work["in/readme.txt"], "no audio");
        BuiltProgram.Result run = _work.Batch("--json", "--report", _work["run.jsonl"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["a.wav", "s/b.wav", "s/t/c d.wav"], _work.Results());
        Assert.Equal(
            ["a.wav ok", "s/b.wav ok", "s/t/c d.WAV ok"],
            run.JsonLines[..3].Select(l => $"{l["id"]} {l["status"]}"));
        JsonNode summary = run.JsonLines[3];
        Assert.Equal(
            ("summary", 3, 0),
            ((string)summary["event"]!, (int)summary["counts"]!["ok"]!, (int)summary["exit_code"]!));
        Assert.True((double)summary["audio_in_s"]! > 0.29);
        Assert.Equal("""{"not_audio":1}""", summary["skipped"]!.ToJsonString());
        Assert.Equal(run.Output, File.ReadAllBytes(_work["run.jsonl"]));
        Assert.Contains("3 cleaned", run.Errors, StringComparison.Ordinal);
        Assert.Contains("1 not_audio", run.Errors, StringComparison.Ordinal);

        BuiltProgram.Result again = _work.Batch("--json");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(["unchanged", "unchanged", "unchanged"], again.JsonLines[..3].Select(l => (string)l["status"]!));
        Assert.Equal((string)run.JsonLines[0]["output"]!["sha256"]!, (string)again.JsonLines[0]["output"]!["sha256"]!);
    }

    [Fact]
    public void Data_goes_to_standard_output_and_words_to_standard_error_and_quiet_is_quiet()
    {
        _work.Clips("a.wav");
        BuiltProgram.Result run = _work.Batch("-q");
        Assert.Equal((0, 0, ""), (run.ExitCode, run.Output.Length, run.Errors));
        run = _work.Batch("-f");
        Assert.Equal((0, 0), (run.ExitCode, run.Output.Length));
        Assert.DoesNotContain("\u001b", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_codes_tell_failed_from_refused_and_fail_on_chooses()
    {
        _work.Clips("a.wav");
        Assert.Equal(0, _work.Batch().ExitCode);
        File.WriteAllText(_work["in/page.mp3"], "<html>");
        BuiltProgram.Result run = _work.Batch("--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("unsupported_format", (string?)run.JsonLines[1]["reason"]);
        Assert.Contains("page.mp3", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _work.Batch("--fail-on", "never").ExitCode);
    }

    [Fact]
    public void Nothing_to_do_is_exit_code_4_and_touches_nothing()
    {
        Directory.CreateDirectory(_work["in"]);
        Assert.Equal(4, _work.Batch().ExitCode);
        Assert.Equal(4, BuiltProgram.Run(["batch", "-o", _work["out"], .. BatchWorkspace.Fast]).ExitCode);
        Assert.Equal(
            4,
            BuiltProgram.Run(["batch", _work["nowhere"], "-o", _work["out"], .. BatchWorkspace.Fast]).ExitCode);
        Assert.Equal(
            4,
            BuiltProgram
                .Run(["batch", "--from-file", _work["nowhere"], "-o", _work["out"], .. BatchWorkspace.Fast])
                .ExitCode);
        Assert.False(Directory.Exists(_work["out"]));
    }

    [Theory]
    [InlineData("--jobs", "0")]
    [InlineData("--jobs", "many")]
    [InlineData("--shard", "3/2")]
    [InlineData("--shard", "auto")]
    [InlineData("--overwrite", "sometimes")]
    [InlineData("--on-collision", "x")]
    [InlineData("--fail-on", "x")]
    [InlineData("--max-failures", "-1")]
    [InlineData("--progress", "x")]
    [InlineData("--strength", "2")]
    public void A_wrong_option_is_exit_code_2_with_one_sentence_and_touches_nothing(string option, string value)
    {
        _work.Clips("a.wav");
        BuiltProgram.Result run = _work.Batch(option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Contains(option, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_work["out"]));
    }

    [Fact]
    public void Collisions_stop_everything_before_it_begins_and_suffixes_solve_them()
    {
        _work.Clips("a.wav", "a.wave", "b.wav");
        BuiltProgram.Result run = _work.Batch("--json");
        Assert.Equal(5, run.ExitCode);
        Assert.Equal("name_collision", (string?)run.JsonLines[0]["reason"]);
        Assert.Contains("a.wave", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_work["out"]));
        Assert.Equal(0, _work.Batch("--on-collision", "suffix").ExitCode);
        Assert.Equal(["a-2.wav", "a.wav", "b.wav"], _work.Results());
    }

    [Fact]
    public void The_input_folder_as_output_is_exit_code_5_and_untouched()
    {
        _work.Clips("a.wav");
        byte[] before = File.ReadAllBytes(_work["in/a.wav"]);
        Assert.Equal(5, BuiltProgram.Run(["batch", _work["in"], "-o", _work["in"], .. BatchWorkspace.Fast]).ExitCode);
        Assert.Equal(
            5,
            BuiltProgram.Run(["batch", _work["in/a.wav"], "-o", _work["in"], "-f", .. BatchWorkspace.Fast]).ExitCode);
        Assert.Equal(before, File.ReadAllBytes(_work["in/a.wav"]));
        Assert.Equal(["a.wav"], Directory.GetFileSystemEntries(_work["in"]).Select(p => Path.GetFileName(p)!));
    }

    [Fact]
    public void A_file_as_output_folder_is_exit_code_5_and_untouched()
    {
        _work.Clips("a.wav");
        File.WriteAllText(_work["out"], "a file");
        Assert.Equal(5, _work.Batch().ExitCode);
        Assert.Equal("a file", File.ReadAllText(_work["out"]));
    }

    [Fact]
    public void A_dry_run_lists_what_would_be_done_and_touches_nothing()
    {
        _work.Clips("a.wav", "b.wav");
        BuiltProgram.Result run = _work.Batch("--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [$"clean\t{_work["in/a.wav"]}\t{_work["out/a.wav"]}", $"clean\t{_work["in/b.wav"]}\t{_work["out/b.wav"]}"],
            run.Text.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(_work["out"]));
        _work.Batch();
        _work.Clips("c.wav");
        File.SetLastWriteTimeUtc(_work["in/b.wav"], new DateTime(2020, 1, 1));
        Assert.Equal(
            ["keep", "replace", "clean"],
            _work.Batch("-n").Text.TrimEnd().Split('\n').Select(l => l.Split('\t')[0]));
    }

    [Fact]
    public void Lists_come_from_files_and_standard_input_with_line_ends_or_NUL_bytes()
    {
        _work.Clips("a.wav", "new\nline.wav", "b.wav");
        byte[] list = Encoding.UTF8.GetBytes($"{_work["in/a.wav"]}\0{_work["in/new\nline.wav"]}\0");
        BuiltProgram.Result run = BuiltProgram.Run(
            ["batch", "--from-file", "-", "-0", "-o", _work["out"], .. BatchWorkspace.Fast],
            list,
            null);
        Assert.Equal(
            (0, ""),
            (
                run.ExitCode,
                string.Concat(run.Errors.Split('\n').Where(l => l.StartsWith("voiceclean", StringComparison.Ordinal))))
        );
        Assert.Equal(["a.wav", "new\nline.wav"], _work.Results());
        File.WriteAllText(_work["list"], _work["in/b.wav"] + "\n");
        Assert.Equal(
            0,
            BuiltProgram
                .Run(["batch", "--from-file", _work["list"], "-o", _work["out"], .. BatchWorkspace.Fast])
                .ExitCode);
        Assert.Equal(3, _work.Results().Length);
    }

    [Fact]
    public void Shards_share_the_work_without_overlap_and_another_layout_is_exit_code_2()
    {
        _work.Clips([.. Enumerable.Range(0, 12).Select(i => $"{i}.wav")]);
        Assert.Equal(0, _work.Batch("--shard", "1/2").ExitCode);
        int first = _work.Results().Length;
        Assert.InRange(first, 1, 11);
        Assert.Equal(
            0,
            BuiltProgram
                .Run(
                    ["batch", _work["in"], "-o", _work["out"], "--shard", "auto", .. BatchWorkspace.Fast],
                    null,
                    new Dictionary<string, string>
                    {
                        ["SLURM_ARRAY_TASK_ID"] = "2",      // submitted alone: the number comes from the output
                        ["SLURM_ARRAY_TASK_MIN"] = "2",
                        ["SLURM_ARRAY_TASK_MAX"] = "2",
                        ["SLURM_ARRAY_TASK_COUNT"] = "1",
                    })
                .ExitCode);
        Assert.Equal(12, _work.Results().Length);
        BuiltProgram.Result other = _work.Batch("--shard", "1/3");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("run.json", other.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr_TR.UTF-8", "LC_ALL")]
    [InlineData("de_DE.UTF-8", "LC_ALL")]
    [InlineData("zh_CN.UTF-8", "LC_ALL")]
    [InlineData("", "HOME")]
    [InlineData("dumb", "TERM")]
    public void The_JSON_does_not_depend_on_language_home_or_terminal(string value, string variable)
    {
        _work.Clips("in i.wav", "İI.wav");
        File.WriteAllText(_work["in/x.mp3"], "<html>");
        Assert.Equal(
            Lines(_work.Batch("--json", "-f")),
            Lines(
                BuiltProgram.Run(
                    ["batch", _work["in"], "-o", _work["out"], "--json", "-f", .. BatchWorkspace.Fast],
                    null,
                    new Dictionary<string, string> { [variable] = value })));

        static string[] Lines(BuiltProgram.Result run)
        {
            foreach (JsonNode line in run.JsonLines)
            {
                line.AsObject().Remove("cost");
                line.AsObject().Remove("wall_s");
            }

            return [.. run.JsonLines.Select(l => Strip(l).ToJsonString())];
        }

        static JsonNode Strip(JsonNode line)
        {
            JsonObject copy = line.DeepClone().AsObject();
            copy.Remove("cost");
            copy.Remove("wall_s");
            return copy;
        }
    }

    [Fact]
    public void The_bytes_do_not_depend_on_jobs_or_on_the_vector_unit()
    {
        foreach (string name in (string[])["fan.wav", "hum.wav", "keyboard.wav"])
        {
            _work.Copy(BuiltProgram.Sample(name), name);
        }

        var trees = new List<string>();
        foreach ((string jobs, string avx2) in new[] { ("1", "1"), ("2", "1"), ("8", "1"), ("2", "0") })
        {
            BuiltProgram.Result run = BuiltProgram.Run(
                ["batch", _work["in"], "-o", _work["out"], "-f", "-j", jobs],
                null,
                new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = avx2 });
            Assert.Equal(0, run.ExitCode);
            trees.Add(_work.Tree());
        }

        Assert.Equal(3, _work.Results().Length);
        Assert.Single(trees.Distinct());
    }
}
