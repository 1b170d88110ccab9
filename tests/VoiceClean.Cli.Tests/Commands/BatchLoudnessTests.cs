using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class BatchLoudnessTests
{
    [Fact]
    public void One_gain_per_folder_keeps_the_levels_of_its_clips_against_each_other_and_a_new_clip_redoes_the_folder()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["a/one.wav", "a/two.wav", "b/one.wav"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder["in/" + name])!);
        }

        byte[] loud = File.ReadAllBytes(BuiltProgram.Sample("hum.wav"));
        File.WriteAllBytes(folder["in/a/one.wav"], loud);
        File.WriteAllBytes(folder["in/a/two.wav"], Halved(loud));
        File.WriteAllBytes(folder["in/b/one.wav"], Halved(loud));
        // low enough for no limiter
        string[] command =
        [
            "batch",
            folder["in"],
            "-o",
            folder["out"],
            "--json",
            "--loudness-per",
            "folder",
            "--loudness",
            "-26LUFS",
            "--denoiser",
            "off",
            "--silence",
            "off",
        ];
        Dictionary<string, double> lufs = Loudness(BuiltProgram.Run(command), "ok");
        Assert.Equal(6.02, lufs["a/one.wav"] - lufs["a/two.wav"], 0.1);
        Assert.Equal(-26, lufs["b/one.wav"], 0.1);
        Loudness(BuiltProgram.Run(command), "unchanged");
        File.WriteAllBytes(folder["in/a/three.wav"], loud);
        Loudness(BuiltProgram.Run(command), "ok");
    }

    private static Dictionary<string, double> Loudness(BuiltProgram.Result run, string status)
    {
        Assert.Equal(0, run.ExitCode);
        JsonNode[] files = [.. run.JsonLines.Where(l => (string?)l["event"] == "file")];
        Assert.All(files, f => Assert.Equal(status, (string?)f["status"]));
        return files.ToDictionary(f => (string)f["id"]!, f => (double?)f["after"]?["integrated_lufs"] ?? double.NaN);
    }

    private static byte[] Halved(byte[] wav)
    {
        byte[] half = [.. wav];
        for (int i = 44; i + 1 < half.Length; i += 2)
        {
            BitConverter.TryWriteBytes(half.AsSpan(i), (short)(BitConverter.ToInt16(half, i) / 2));
        }

        return half;
    }
}
