using VoiceClean.Files;

namespace VoiceClean.Tests.Files;

/// <summary>The real disk, of which a test changes what it needs.</summary>
internal abstract class RealFiles : IOutputFiles
{
    public virtual string Mark => "";

    public virtual Stream Create(string path) => DiskFiles.Instance.Create(path);

    public virtual Stream OpenAppend(string path) => DiskFiles.Instance.OpenAppend(path);

    public virtual void FlushToDisk(Stream stream) => DiskFiles.Instance.FlushToDisk(stream);

    public virtual void Replace(string temporary, string target) => DiskFiles.Instance.Replace(temporary, target);

    public virtual void PublishNew(string temporary, string target) =>
        DiskFiles.Instance.PublishNew(temporary, target);

    public virtual void Delete(string path) => DiskFiles.Instance.Delete(path);

    public virtual void CreateDirectory(string path) => DiskFiles.Instance.CreateDirectory(path);

    public virtual void FlushDirectory(string path) => DiskFiles.Instance.FlushDirectory(path);
}
