using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>
/// The entry point for fuzzers: reads anything as a WAV file. Only <see cref="InputException"/> may come out, every
/// sample must be finite, and no more memory may be used than a few blocks.
/// </summary>
/// <remarks>
/// With SharpFuzz and afl++: a console program whose Main is <c>Fuzzer.OutOfProcess.Run(stream =>
/// WavFuzzTarget.Run(bytes of stream))</c>, instrumented by <c>sharpfuzz VoiceClean.dll</c>, started with <c>afl-fuzz
/// -i Corpus -o findings</c>. What it finds goes into Corpus/ under a name that says what it is; the tests replay all
/// of that folder.
/// </remarks>
public static class WavFuzzTarget
{
    private const int MostSamples = 1 << 20;

    /// <summary>Runs once.</summary>
    /// <returns>How many samples were read, or the code of the refusal.</returns>
    public static (int Samples, string? Refusal) Run(byte[] file)
    {
        var decoders = new AudioDecoders();
        decoders.Add(new WavDecoder());
        int samples = 0;
        try
        {
            using IAudioReader reader = decoders.Open(new MemoryStream(file), new DecodeLimits());
            float[] block = new float[64 * 16];
            for (int count; samples < MostSamples && (count = reader.Read(block)) > 0; samples += count)
            {
                foreach (float s in block.AsSpan(0, count))
                {
                    if (!float.IsFinite(s))
                    {
                        throw new InvalidOperationException($"Sample {samples} is {s}.");
                    }
                }
            }

            return (samples, null);
        }
        catch (InputException e)
        {
            return (samples, e.Code);
        }
    }
}
