using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Stages;

/// <summary>
/// Does a stage. One that does not come with VoiceClean is held to what <see cref="IStage"/> promises: what it leaves
/// goes into the result as it is.
/// </summary>
internal static class StageRun
{
    // What a decoder may deliver at most, and what no sound reaches.
    private const float Largest = 4294967296f;

    /// <summary>Does it.</summary>
    /// <exception cref="AddedStageException">A stage of somebody else's failed without a sentence of its own, or left
    /// samples that are none.</exception>
    public static void Do(IStage stage, AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(clip);
        if (stage.GetType().Assembly == typeof(IStage).Assembly)
        {
            stage.Process(clip, cancellation);
            return;
        }

        try
        {
            stage.Process(clip, cancellation);
        }
        catch (Exception e)
            when (e is not (VoiceCleanException or OperationCanceledException) && !OutOfMemory.IsCause(e))
        {
            throw new AddedStageException(
                $"The stage '{stage.Name}', which does not come with VoiceClean, failed ({e.GetType().Name}: "
                    + $"{e.Message.ReplaceLineEndings(" ")}); ask whoever made it.",
                e);
        }

        if (!SampleBounds.AreWithin(clip.ReadOnlySamples, Largest))
        {
            throw new AddedStageException(
                $"The stage '{stage.Name}', which does not come with VoiceClean, left samples that are not numbers, or "
                    + "that no sound could be; ask whoever made it.");
        }
    }
}
