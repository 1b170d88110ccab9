using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Web.Studio;

/// <summary>What previews stand on: the latest run over the whole. Nothing of it changes any more.</summary>
/// <param name="Run">That run.</param>
/// <param name="Match">The levels of what is heard beside its result.</param>
/// <param name="Cache">Makes the stages of other options.</param>
/// <param name="Loading">How the recording was decoded.</param>
/// <param name="Processors">Threads that stages may use.</param>
internal sealed record PreviewGround(
    StagedRun Run,
    LoudnessMatch Match,
    StageCache Cache,
    LoadOptions Loading,
    int Processors)
{
    private readonly WindowPreview _preview = new(Run);

    /// <summary>Cleans a stretch as other options would.</summary>
    /// <param name="id">By which the page will name the result.</param>
    /// <param name="options">What to do.</param>
    /// <param name="range">Which stretch, in samples of the input; not empty.</param>
    /// <param name="stop">Stops within about a second of work.</param>
    public StudioRender Render(string id, CleaningOptions options, SampleRange range, CancellationToken stop)
    {
        CleaningPipeline pipeline = Cache.PipelineOf(options);
        PreviewedWindow preview = _preview.Clean(pipeline, options, range, Processors, stop);
        return new StudioRender
        {
            Id = id,
            Input = Run.Input,
            Options = options,
            Range = range,
            Window = preview,

            // The result is as loud as its gain makes it: what that changes, changes for what is heard beside it too.
            Match = new LoudnessMatch(
                Match.BeforeDb + preview.GainDb - Run.GainDb,
                Match.BeforeDb - Run.GainDb),
        };
    }
}
