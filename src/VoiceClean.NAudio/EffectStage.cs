using NAudio.Effects;
using NAudio.Wave;
using VoiceClean.Audio;
using VoiceClean.Stages;

namespace VoiceClean.NAudio;

/// <summary>
/// An effect of NAudio as a stage. Effects remember what they heard and stages are shared by all threads, so each clip
/// gets an effect of its own; the delay that an effect declares is taken out again.
/// </summary>
public sealed class EffectStage : IStage
{
    private const int BlockLength = 4096;

    private readonly Func<IAudioEffect> _create;

    /// <summary>Makes a stage.</summary>
    /// <param name="name">Kebab-case, as it stands in the catalogue: "de-esser".</param>
    /// <param name="create">Makes an effect with its parameters set; called once for each clip, from any
    /// thread.</param>
    public EffectStage(string name, Func<IAudioEffect> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        _create = create;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        IAudioEffect effect = _create();
        effect.Configure(WaveFormat.CreateIeeeFloatWaveFormat(clip.SampleRate, 1));
        Span<float> samples = clip.Samples;
        int latency = Math.Clamp(effect.LatencySamples, 0, 10 * clip.SampleRate);
        float[] block = new float[BlockLength];
        for (long read = 0; read < samples.Length + (long)latency; read += BlockLength)
        {
            cancellation.ThrowIfCancellationRequested();
            int at = (int)Math.Min(read, samples.Length);
            Span<float> input = samples[at..Math.Min(samples.Length, at + BlockLength)];
            input.CopyTo(block);
            block.AsSpan(input.Length).Clear();
            effect.Process(block);

            // What comes out now belongs to `latency` samples before.
            long target = read - latency;
            int skip = (int)Math.Clamp(-target, 0, BlockLength);
            int count = (int)Math.Clamp(samples.Length - target - skip, 0, BlockLength - skip);
            if (count > 0)
            {
                block.AsSpan(skip, count).CopyTo(samples[(int)(target + skip)..]);
            }
        }
    }
}
