using System.Collections.Concurrent;
using VoiceClean.Files;

namespace VoiceClean.Tests.Runs;

/// <summary>The real disk, which remembers what was created.</summary>
internal sealed class WatchedDisk(string mark) : IOutputFiles
{
    private readonly DiskFiles _disk = DiskFiles.Instance;

    public ConcurrentBag<string> Created { get; } = [];

    public string Mark => mark;

    public Stream Create(string path)
    {
        Created.Add(path);
        return _disk.Create(path);
    }

    public Stream OpenAppend(string path) => _disk.OpenAppend(path);

    public void FlushToDisk(Stream stream) => _disk.FlushToDisk(stream);

    public void Replace(string temporary, string target) => _disk.Replace(temporary, target);

    public void PublishNew(string temporary, string target) => _disk.PublishNew(temporary, target);

    public void Delete(string path) => _disk.Delete(path);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);
}
