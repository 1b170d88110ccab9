using System.Text.RegularExpressions;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Stages;
using VoiceClean.Testing.Signals;

namespace VoiceClean.Testing;

/// <summary>
/// What every stage must keep, whoever wrote it. With xunit:
/// <code>
/// private static readonly StageLaws Laws = new(() => new MyStage(new MyOptions()));
/// public static TheoryData&lt;string> Names => [.. Laws.Names];
/// [Theory, MemberData(nameof(Names))]
/// public void My_stage_keeps_the_laws(string law) => Laws.Check(law);
/// </code>
/// or, with any runner, <c>new StageLaws(() => new MyStage()).CheckAll()</c>. A refusal
/// (<see cref="ClipRefusedException"/>) is always a legitimate answer.
/// </summary>
public sealed partial class StageLaws : Laws
{
    private const int Rate = 32_000;

    private readonly Func<int, IStage> _create;

    /// <summary>For a stage that does not depend on the sampling rate.</summary>
    /// <param name="create">Makes the stage, with the options that are to be tested.</param>
    public StageLaws(Func<IStage> create)
        : this(_ => create())
    {
    }

    /// <summary>For a stage that is made for a sampling rate.</summary>
    /// <param name="create">Makes the stage for clips of this rate [Hz].</param>
    public StageLaws(Func<int, IStage> create)
    {
        _create = create;
        Add("Its name is kebab-case", HasName);
        Add("Two runs on the same clip give the same bits", IsDeterministic);
        Add("One instance shared by threads gives the bits of a single thread", IsShared);
        Add("The threads of a clip do not change a bit", IgnoresThreads);
        Add("Silence stays silence or is refused", KeepsSilence);
        Add("Any length from one sample on gives finite samples or a refusal", TakesAnyLength);
        Add("Extreme but finite samples stay finite", StaysFinite);
        Add("Every sampling rate in use is accepted", TakesAnyRate);
        Add("What is kept of the input is as long as the samples", ListsWhatIsKept);
        Add("A cancelled run stops", Stops);
        Add("Set to do nothing it passes every bit", IsTransparent, () => CreateTransparent is not null);
        Add(
            "A clip of half the level comes out at half the level",
            IsScaleInvariant,
            () => PromisesScaleInvariance);
    }

    /// <summary>What must be done to a clip first, such as learning the noise; null = nothing.</summary>
    public Action<AudioClip>? Before { get; init; }

    /// <summary>Makes the stage with settings at which it promises to change nothing; null = no such promise.</summary>
    public Func<IStage>? CreateTransparent { get; init; }

    /// <summary>True if it promises that a gain before it is the same as the gain behind it.</summary>
    public bool PromisesScaleInvariance { get; init; }

    private void HasName()
    {
        string name = _create(Rate).Name;
        Require(KebabCase().IsMatch(name), $"'{name}' is not kebab-case.");
    }

    private void IsDeterministic()
    {
        float[] input = SyllablesInNoise.Make(2.5, seed: 1);
        Require(SameBits(Run(_create(Rate), input), Run(_create(Rate), input)), "Two runs differ.");
    }

    private void IsShared()
    {
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(i => SyllablesInNoise.Make(1.5, seed: i))];
        float[][] alone = [.. inputs.Select(x => Run(_create(Rate), x))];
        IStage shared = _create(Rate);
        float[][] together = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = Run(shared, inputs[i]));
        for (int i = 0; i < inputs.Length; i++)
        {
            Require(SameBits(alone[i], together[i]), $"Clip {i} differs when four threads share the stage.");
        }
    }

    private void IgnoresThreads()
    {
        float[] input = SyllablesInNoise.Make(3, seed: 6);
        Require(
            SameBits(Run(_create(Rate), input), Run(_create(Rate), input, threads: 3)),
            "With three threads a clip the samples are others.");
    }

    private void KeepsSilence() =>
        Require(
            Run(_create(Rate), new float[40_000]).AsSpan().IndexOfAnyExcept(0f) < 0,
            "Digital silence comes out as something else.");

    private void TakesAnyLength()
    {
        foreach (int length in (int[])[1, 2, 3, 63, 255, 256, 1023, 1025, 5_000, 12_799, 16_000, 16_001])
        {
            RequireFinite(Run(_create(Rate), SyllablesInNoise.Make(1, seed: length)[..length]), $"{length} samples");
        }
    }

    private void StaysFinite()
    {
        var random = new Random(5);
        foreach (float scale in (float[])[1e-38f, 1e-30f, 1e-8f, 4f, 1e6f])
        {
            float[] input = [.. Enumerable.Range(0, 30_000).Select(_ => ((random.NextSingle() * 2) - 1) * scale)];
            RequireFinite(Run(_create(Rate), input), $"Noise of a level of {scale}");
        }
    }

    private void TakesAnyRate()
    {
        foreach (int rate in (int[])[8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
        {
            RequireFinite(Run(_create(rate), SyllablesInNoise.Make(1.2, 3, rate), rate), $"{rate} Hz");
        }
    }

    private void ListsWhatIsKept()
    {
        using AudioClip clip = AudioClip.FromSamples("law", Rate, SyllablesInNoise.Make(3, seed: 4));
        if (Process(_create(Rate), clip))
        {
            long kept = clip.Kept.Sum(r => (long)r.Length);
            Require(kept == clip.Samples.Length, $"{kept} samples are kept, but there are {clip.Samples.Length}.");
        }
    }

    private void Stops()
    {
        IStage stage = _create(Rate);
        using AudioClip clip = AudioClip.FromSamples("law", Rate, SyllablesInNoise.Make(20, 2));
        Before?.Invoke(clip);
        try
        {
            stage.Process(clip, new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new LawBrokenException("A clip of 20 s is processed to its end although the run is cancelled.");
    }

    private void IsTransparent()
    {
        float[] input = SyllablesInNoise.Make(2, seed: 7);
        Require(SameBits(input, Run(CreateTransparent!(), input)), "Set to do nothing it changes samples.");
    }

    private void IsScaleInvariant()
    {
        float[] input = SyllablesInNoise.Make(2, seed: 8);
        float[] whole = Run(_create(Rate), input), half = Run(_create(Rate), [.. input.Select(x => 0.5f * x)]);
        Require(whole.Length == half.Length, $"{whole.Length} samples, but {half.Length} of the softer clip.");
        for (int i = 0; i < whole.Length; i++)
        {
            Require(
                Math.Abs(half[i] - (0.5f * whole[i])) <= 1e-6f,
                $"Sample {i} is {whole[i]}, but {half[i]} where the clip has half the level.");
        }
    }

    // A refused clip is dropped, which is what an empty result stands for.
    private float[] Run(IStage stage, float[] samples, int rate = Rate, int threads = 1)
    {
        var store = new SampleStore();
        store.Append(samples);
        using var clip = new AudioClip("law", rate, store) { Threads = threads };
        return Process(stage, clip) ? clip.Samples.ToArray() : [];
    }

    private bool Process(IStage stage, AudioClip clip)
    {
        try
        {
            Before?.Invoke(clip);
            stage.Process(clip, CancellationToken.None);
            return true;
        }
        catch (ClipRefusedException e)
        {
            Require(e.Message.Length > 0, "It refuses a clip without a word.");
            return false;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
