using System.Globalization;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>
/// Collects what the conformance tests measured. With VOICECLEAN_FIGURES=file each figure is appended there as "case
/// TAB rate TAB value", which is where the tables of the documentation come from.
/// </summary>
internal static class Figures
{
    private static readonly Lock Gate = new();

    public static void Record(string name, int sampleRate, double value)
    {
        if (Environment.GetEnvironmentVariable("VOICECLEAN_FIGURES") is { Length: > 0 } path)
        {
            lock (Gate)
            {
                File.AppendAllText(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"{name}\t{sampleRate}\t{value:0.0000}\n"));
            }
        }
    }
}
