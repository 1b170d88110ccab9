using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Stages;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Web.Tests;

/// <summary>A stage that holds its worker until the test lets go; one that was told to stop may ignore it.</summary>
internal sealed class HeldStage(bool ignoresStop = false) : IStage, IDisposable
{
    private readonly SemaphoreSlim _letGo = new(0);
    private int _entered;
    private int _left;

    public string Name => "held";

    /// <summary>How many recordings have come so far.</summary>
    public int Entered => Volatile.Read(ref _entered);

    /// <summary>How many have gone on or stopped.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>The stages, and this one under its name.</summary>
    public StageCatalog Catalog()
    {
        StageCatalog catalog = StageCatalog.CreateDefault();
        catalog.Add(Name, _ => this);
        return catalog;
    }

    /// <summary>Lets so many go on.</summary>
    public void LetGo(int count = 1) => _letGo.Release(count);

    /// <summary>Waits until so many have come.</summary>
    public void AwaitEntered(int count) => Await.Until(() => Entered >= count, $"{count} recordings are worked on");

    public void Dispose() => _letGo.Dispose();

    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _entered);
        try
        {
            _letGo.Wait(ignoresStop ? CancellationToken.None : cancellation);
        }
        finally
        {
            Interlocked.Increment(ref _left);
        }
    }
}
