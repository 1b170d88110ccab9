using System.Text.Json.Nodes;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class CleanCommandTests
{
    [Theory]
    [InlineData("fan.wav")]
    [InlineData("keyboard.wav")]
    [InlineData("hum.wav")]
    public void A_noisy_sample_becomes_32_kHz_mono_16_bit_speech_at_minus_16_LUFS_under_the_ceiling(string sample)
    {
        using var folder = new TemporaryFolder();
        BuiltProgram.Result run = BuiltProgram.Run(
            BuiltProgram.Sample(sample),
            folder["out.wav"],
            "--strength",
            "0.6",
            "--json");
        Assert.Equal(0, run.ExitCode);
        byte[] file = File.ReadAllBytes(folder["out.wav"]);
        Assert.Equal(1, BitConverter.ToInt16(file, 20));
        Assert.Equal(1, BitConverter.ToInt16(file, 22));
        Assert.Equal(32_000, BitConverter.ToInt32(file, 24));
        Assert.Equal(16, BitConverter.ToInt16(file, 34));
        JsonNode report = run.JsonLines[0];
        Assert.InRange((double)report["after"]!["integrated_lufs"]!, -16.1, -15.9);
        Assert.True((double)report["after"]!["true_peak_dbtp"]! <= -1);
        Assert.True(
            (double)report["after"]!["noise_floor_dbfs"]! - (double)report["after"]!["integrated_lufs"]!
                < (double)report["before"]!["noise_floor_dbfs"]! - (double)report["before"]!["integrated_lufs"]! - 6,
            "the noise must fall by more than 6 dB against the speech");
        Assert.Equal("summary", (string?)run.JsonLines[1]["event"]);
        Assert.Equal(["out.wav"], folder.Names());
    }

    [Fact]
    public void Two_processes_and_one_that_has_cleaned_before_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, BuiltProgram.RunAlone(BuiltProgram.Sample("fan.wav"), folder["a.wav"]).ExitCode);
        Assert.Equal(0, BuiltProgram.RunAlone(BuiltProgram.Sample("fan.wav"), folder["b.wav"]).ExitCode);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("hum.wav"), folder["c.wav"]).ExitCode);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["c.wav"], "-f").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["a.wav"]), File.ReadAllBytes(folder["c.wav"]));
        Assert.Equal(File.ReadAllBytes(folder["a.wav"]), File.ReadAllBytes(folder["b.wav"]));
    }

    [Fact]
    public void Where_nobody_reads_the_measurements_the_bytes_and_the_refusals_stay_the_same()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["a.wav"], "--json").ExitCode);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["b.wav"], "--quiet").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["a.wav"]), File.ReadAllBytes(folder["b.wav"]));
        File.WriteAllBytes(folder["silence.wav"], TestWav.Pcm16(32_000, new short[64_000]));
        Assert.Equal(3, BuiltProgram.Run(folder["silence.wav"], folder["c.wav"], "--quiet").ExitCode);
        Assert.Equal(3, BuiltProgram.Run(folder["silence.wav"], folder["c.wav"], "--json").ExitCode);
    }

    [Fact]
    public void Strength_0_with_every_other_step_off_passes_the_samples_of_a_32_kHz_file_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        byte[] input = TestWav.Pcm16(32_000, SyllablesInNoise.Make(3, seed: 1));
        File.WriteAllBytes(folder["in.wav"], input);
        BuiltProgram.Result run = BuiltProgram.Run(
            folder["in.wav"],
            folder["out.wav"],
            "--strength",
            "0",
            "--silence",
            "off",
            "--loudness",
            "off");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(input[44..], File.ReadAllBytes(folder["out.wav"])[44..]);
    }

    [Fact]
    public void Standard_input_and_output_carry_the_same_bytes_as_files()
    {
        using var folder = new TemporaryFolder();
        byte[] input = File.ReadAllBytes(BuiltProgram.Sample("hum.wav"));
        File.WriteAllBytes(folder["stdin"], input);
        Assert.Equal(0, BuiltProgram.Run(folder["stdin"], folder["out.wav"]).ExitCode);
        BuiltProgram.Result piped = BuiltProgram.Run(["-", "-"], input, null);
        Assert.Equal(0, piped.ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["out.wav"]), piped.Output);
    }

    [Theory]
    [InlineData("silence", 3, "silent")]
    [InlineData("noise", 3, null)]
    [InlineData("empty", 4, "empty_file")]
    [InlineData("text", 4, "unsupported_format")]
    [InlineData("header only", 4, null)]
    public void Hopeless_input_is_refused_with_its_code_and_leaves_no_output(string kind, int exitCode, string? reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], kind switch
        {
            "silence" => TestWav.Pcm16(32_000, new short[64_000]),
            "noise" => TestWav.Pcm16(32_000, WhiteNoise.Uniform(128_000, seed: 1, amplitude: 0.09)),
            "empty" => [],
            "text" => "<html>not found</html>"u8.ToArray(),
            _ => TestWav.Pcm16(32_000, [])[..30],
        });
        BuiltProgram.Result run = BuiltProgram.Run(folder["in.wav"], folder["out.wav"], "--json");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(["in.wav"], folder.Names());
        Assert.Contains("in.wav", run.Errors, StringComparison.Ordinal);
        if (reason is not null)
        {
            Assert.Equal(reason, (string?)run.JsonLines[0]["reason"]);
        }

        Assert.Equal(exitCode, (int)run.JsonLines[1]["exit_code"]!);
    }

    [Fact]
    public void An_existing_output_is_replaced_only_with_force()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["out.wav"], "precious");
        Assert.Equal(5, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["out.wav"]).ExitCode);
        Assert.Equal("precious", File.ReadAllText(folder["out.wav"]));
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["out.wav"], "-f").ExitCode);
        Assert.True(new FileInfo(folder["out.wav"]).Length > 44);
    }

    [Fact]
    public void The_input_is_never_overwritten_not_even_through_a_link_and_with_force()
    {
        using var folder = new TemporaryFolder();
        byte[] content = File.ReadAllBytes(BuiltProgram.Sample("fan.wav"));
        File.WriteAllBytes(folder["in.wav"], content);
        File.CreateSymbolicLink(folder["link.wav"], folder["in.wav"]);
        Assert.Equal(5, BuiltProgram.Run(folder["in.wav"], folder["in.wav"], "-f").ExitCode);
        Assert.Equal(5, BuiltProgram.Run(folder["in.wav"], folder["link.wav"], "-f").ExitCode);
        Assert.Equal(content, File.ReadAllBytes(folder["in.wav"]));
    }

    [Theory]
    [InlineData(4, "nowhere.wav", "out.wav")]
    [InlineData(5, "SAMPLE", "no/such/folder/out.wav")]
    [InlineData(2, "SAMPLE", "out.mp3")]
    [InlineData(2, "SAMPLE", "out.wav", "--strength", "1.5")]
    [InlineData(2, "SAMPLE", "out.wav", "--strength", "0,7")]
    [InlineData(2, "SAMPLE", "out.wav", "--strengt", "0.7")]
    [InlineData(2, "SAMPLE", "out.wav", "--silence", "sometimes")]
    [InlineData(2, "SAMPLE", "out.wav", "--noise", "range:3s-1s")]
    [InlineData(2, "SAMPLE", "out.wav", "--stages", "spectral-gait")]
    [InlineData(2, "SAMPLE", "out.wav", "--config", "missing.json")]
    [InlineData(2, "SAMPLE")]
    [InlineData(2, "SAMPLE", "-", "--json")]
    public void A_wrong_call_says_so_in_one_sentence_and_touches_nothing(int exitCode, params string[] args)
    {
        using var folder = new TemporaryFolder();
        string[] words =
        [
            .. args.Select(a =>
                a == "SAMPLE" ? BuiltProgram.Sample("fan.wav")
                : a is "out.wav" or "out.mp3" or "no/such/folder/out.wav" ? folder[a]
                : a),
        ];
        BuiltProgram.Result run = BuiltProgram.Run(words);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.StartsWith("voiceclean: ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("clean", "--help")]
    [InlineData("batch", "-h")]
    [InlineData("inspect", "--help")]
    [InlineData("dataset", "--help")]
    [InlineData("check", "--help")]
    public void Every_command_explains_itself_on_standard_output(params string[] args)
    {
        BuiltProgram.Result run = BuiltProgram.RunAlone(args);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Text, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Precedence_is_option_then_environment_then_configuration_then_default()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"spectral_gate": {"strength": 0.1}, "sample_rate": 16000}""");
        var environment = new Dictionary<string, string> { ["VOICECLEAN_STRENGTH"] = "0.2" };
        double Strength(string[] more, Dictionary<string, string>? variables) =>
            (double)
                BuiltProgram
                    .Run([BuiltProgram.Sample("fan.wav"), folder["out.wav"], "-f", "--json", .. more], null, variables)
                    .JsonLines[0]["options"]!["spectral_gate"]!["strength"]!;
        Assert.Equal(0.6, Strength([], null));
        Assert.Equal(0.1, Strength(["--config", folder["c.json"]], null));
        Assert.Equal(0.2, Strength(["--config", folder["c.json"]], environment));
        Assert.Equal(0.3, Strength(["--config", folder["c.json"], "--strength", "0.3"], environment));
    }

    [Fact]
    public void A_file_named_like_an_option_file_or_in_another_script_is_just_a_file()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["@x.wav", "声音 [1].wav", "-x.wav"])
        {
            File.Copy(BuiltProgram.Sample("keyboard.wav"), folder[name]);
            Assert.Equal(0, BuiltProgram.Run(folder[name], folder["out.wav"], "-f").ExitCode);
        }
    }

    [Fact]
    public void A_dry_run_names_the_stages_and_touches_nothing()
    {
        using var folder = new TemporaryFolder();
        BuiltProgram.Result run = BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["out.wav"], "--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("spectral-gate", run.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_reader_of_standard_output_that_goes_away_is_exit_code_5()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a Unix shell");
        using var folder = new TemporaryFolder();
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(
            "/bin/sh",
            [
                "-c",
                $"{{ dotnet '{program}' '{BuiltProgram.Sample("fan.wav")}' - 2>'{folder["errors"]}'; echo $? "
                    + $">'{folder["code"]}'; }} | head -c 10 >/dev/null",
            ]);
        Await.Exit(shell);
        Assert.Equal("5", File.ReadAllText(folder["code"]).Trim());
        Assert.Single(File.ReadAllText(folder["errors"]).Trim().Split('\n'));
    }
}
