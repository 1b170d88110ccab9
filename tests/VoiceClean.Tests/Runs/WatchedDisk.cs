using System.Collections.Concurrent;
using VoiceClean.Tests.Files;

namespace VoiceClean.Tests.Runs;

/// <summary>The real disk, which remembers what was created.</summary>
internal sealed class WatchedDisk(string mark) : RealFiles
{
    public ConcurrentBag<string> Created { get; } = [];

    public override string Mark => mark;

    public override Stream Create(string path)
    {
        Created.Add(path);
        return base.Create(path);
    }
}
