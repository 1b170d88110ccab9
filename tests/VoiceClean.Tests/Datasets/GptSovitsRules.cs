using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Tests.Datasets;

/// <summary>
/// What GPT-SoVITS does to a set, written anew from the facts of its documentation and sources: list parsing, base-name
/// keys, peak limit and rescaling, the loader's idea of length, the samplers' limits. Says for every line of a list why
/// it is not trained on.
/// </summary>
internal sealed class GptSovitsRules
{
    private static readonly string[] s_languages = ["zh", "ja", "en", "ko", "yue"];

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Clips that are trained on.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Lines that are not, with the reason.</summary>
    public List<string> Refused { get; } = [];

    public void Read(string listPath)
    {
        byte[] bytes = File.ReadAllBytes(listPath);
        Check(listPath, !bytes.AsSpan().StartsWith("\uFEFF"u8), "byte-order mark");
        foreach (
            string line in new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(bytes)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|');
            string? refusal = fields.Length != 4 ? "not four fields"
                : !s_languages.Contains(fields[2].ToLowerInvariant()) ? "language"
                : !File.Exists(fields[0]) ? "no such file"
                : !_keys.Add(Path.GetFileName(fields[0])) ? "base name taken"
                : Clip(File.ReadAllBytes(fields[0]));
            Check(line, refusal is null, refusal);
            if (refusal is null)
            {
                Accepted.Add(fields[0]);
            }
        }
    }

    private static string? Clip(byte[] wav)
    {
        // Plain 16-byte fmt chunk, then data: what naive readers expect.
        bool isPlain =
            wav.AsSpan(0, 4).SequenceEqual("RIFF"u8)
            && wav.AsSpan(8, 8).SequenceEqual("WAVEfmt "u8)
            && Int32(16) == 16
            && wav.AsSpan(36, 4).SequenceEqual("data"u8);
        if (!isPlain || Int16(20) != 1 || Int16(22) != 1 || Int32(24) != 32_000 || Int16(34) != 16)
        {
            return "not plain 16-bit mono at 32 kHz";
        }

        int bytes = Int32(40);
        double peak = 0;
        for (int at = 44; at < 44 + bytes; at += 2)
        {
            peak = Math.Max(peak, Math.Abs(Int16(at) / 32768.0));
        }

        double duration = bytes / 64_000.0;
        return peak > 2.2 ? "peak above 2.2"
            : (0.5 * 0.95) + (0.5 * peak) > 1 ? "wraps round"
            : duration is < 0.6 or > 54 ? "loader"
            : duration is < 0.64 or > 20 ? "sampler of v3 and v4"
            : null;

        int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(at));
        short Int16(int at) => BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(at));
    }

    private void Check(string what, bool good, string? refusal)
    {
        if (!good)
        {
            Refused.Add($"{what}: {refusal}");
        }
    }
}
