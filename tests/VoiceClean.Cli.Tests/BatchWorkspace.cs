using System.Security.Cryptography;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Cli.Tests;

/// <summary>A folder with inputs in "in" and results in "out".</summary>
internal sealed class BatchWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Options that leave out what changes sound: these tests are about the batch.</summary>
    public static string[] Fast { get; } =
    ["--gate", "off", "--denoiser", "off", "--silence", "off", "--loudness", "off"];

    public string this[string name] => _folder[name];

    /// <summary>Makes clips of a tenth of a second, each with a content of its own.</summary>
    public void Clips(params string[] names)
    {
        foreach (string name in names)
        {
            Clip(name, 3200);
        }
    }

    public void Clip(string name, int samples)
    {
        int pitch = 100 + (name.Sum(c => c) % 200);
        byte[] file = TestWav.Pcm16(32_000, Waves.Sine(samples, 32_000, pitch, amplitude: 0.25));
        string path = this["in/" + name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }

    public void Copy(string source, string name)
    {
        Directory.CreateDirectory(this["in"]);
        File.Copy(source, this["in/" + name]);
    }

    public BuiltProgram.Result Batch(params string[] more) => BuiltProgram.Run(Words(more));

    public string[] Words(params string[] more) => ["batch", this["in"], "-o", this["out"], .. Fast, .. more];

    /// <summary>Relative names of all files in the output that are not ours to remember with.</summary>
    public string[] Results() =>
        !Directory.Exists(this["out"])
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(
                        this["out"],
                        "*",
                        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                    .Select(p => Path.GetRelativePath(this["out"], p).Replace('\\', '/'))
                    .Where(p => !p.StartsWith(".voiceclean/", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];

    /// <summary>A shell script in the place of a program.</summary>
    public string Script(string name, string body) => ShellScript.Write(_folder[name], body);

    public string Tree() =>
        string.Join(
            '\n',
            Results()
                .Select(p => p + " " + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(this["out/" + p])))));

    public void Dispose() => _folder.Dispose();
}
