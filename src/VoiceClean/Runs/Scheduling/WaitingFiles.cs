using VoiceClean.Files;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// The disk for one item of a batch: before it waits for the disk it says so, and another item may begin. A clip of a
/// few seconds otherwise spends a tenth of its time there with a processor idle.
/// </summary>
internal sealed class WaitingFiles(IOutputFiles disk, Action isWaiting) : IOutputFiles
{
    /// <inheritdoc/>
    public string Mark => disk.Mark;

    /// <inheritdoc/>
    public Stream Create(string path) => disk.Create(path);

    /// <inheritdoc/>
    public Stream OpenAppend(string path) => disk.OpenAppend(path);

    /// <inheritdoc/>
    public void FlushToDisk(Stream stream)
    {
        isWaiting();
        disk.FlushToDisk(stream);
    }

    /// <inheritdoc/>
    public void Replace(string temporary, string target) => disk.Replace(temporary, target);

    /// <inheritdoc/>
    public void PublishNew(string temporary, string target) => disk.PublishNew(temporary, target);

    /// <inheritdoc/>
    public void Delete(string path) => disk.Delete(path);

    /// <inheritdoc/>
    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    /// <inheritdoc/>
    public void FlushDirectory(string path) => disk.FlushDirectory(path);
}
