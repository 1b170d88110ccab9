using VoiceClean.Files;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Keeps the promise of <see cref="IAudioReader"/> that samples are finite, whatever a decoder delivers: NaN,
/// infinities and values no audio has become 0, with a warning that counts them; and that a failing disk, or a file
/// that somebody wrote into meanwhile, is an <see cref="InputException"/>. Every reader that
/// <see cref="AudioDecoders"/> returns is wrapped in one.
/// </summary>
/// <param name="source">Disposed of with this.</param>
/// <param name="file">What it reads; null if that cannot change.</param>
internal sealed class FiniteReader(IAudioReader source, Stream? file = null) : IAudioReader, IGapReader, IAbortable
{
    private readonly DateTime? _written = BorrowedStream.LastWritten(file);

    // Float files scaled like 32-bit integers reach 2^31. The square of this limit, summed over any spectrum, still
    // fits a float.
    private const float Largest = 4294967296f;

    /// <summary>How many samples were repaired so far.</summary>
    public long Repaired { get; private set; }

    public AudioFormat Format => source.Format;

    public long? SampleCount => source.SampleCount;

    public IReadOnlyList<Gap> Gaps => (source as IGapReader)?.Gaps ?? [];

    public IReadOnlyList<Warning> Warnings =>
        Repaired == 0
            ? source.Warnings
            :
            [
                .. source.Warnings,
                new Warning(
                    WarningCodes.NonfiniteSamples,
                    $"{Counted.Of(Repaired, "sample")} not a number, infinite or beyond ±2^32, set to 0."),
            ];

    public int Read(Span<float> interleaved)
    {
        int count = ReadSource(interleaved);
        Span<float> samples = interleaved[..count];
        if (!SampleBounds.AreWithin(samples, Largest))
        {
            Repair(samples);
        }

        return count;
    }

    private int ReadSource(Span<float> interleaved)
    {
        try
        {
            int count = source.Read(interleaved);
            return count == 0 && BorrowedStream.LastWritten(file) is { } now && now != _written
                ? throw new InputException(
                    ReasonCodes.IoError,
                    "The file was written to while it was being read; try again when nothing writes to it.")
                : count;
        }
        catch (IOException e)
        {
            // A disk that fails or a share that vanishes in mid-file is the input's fault, not ours.
            throw new InputException(ReasonCodes.IoError, $"The file cannot be read on: {SystemErrors.Say(e)}.", e);
        }
    }

    public void Abort() => (source as IAbortable)?.Abort();

    public void Dispose() => source.Dispose();

    private void Repair(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (!(Math.Abs(samples[i]) <= Largest))
            {
                samples[i] = 0;
                Repaired++;
            }
        }
    }
}
