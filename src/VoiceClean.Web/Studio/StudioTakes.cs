using System.Globalization;
using VoiceClean.Files;
using VoiceClean.Web.Microphone;

namespace VoiceClean.Web.Studio;

/// <summary>
/// What the microphone check recorded in this run, so that it can be opened like any other recording. The files have a
/// name, because the command that the page offers must name one; they lie in a folder that only the user can read, and
/// go with the studio, and no sooner: whoever opened one may be tuning it. Thread-safe.
/// </summary>
internal sealed class StudioTakes : IDisposable
{
    private readonly List<StudioFile> _takes = [];
    private string? _folder;
    private int _count;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<StudioFile> All
    {
        get
        {
            lock (_takes)
            {
                return [.. _takes];
            }
        }
    }

    /// <summary>Keeps one.</summary>
    /// <param name="capture">The recording.</param>
    /// <returns>The file; null if nothing was recorded, or there is no space.</returns>
    public StudioFile? Add(MicrophoneCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        lock (_takes)
        {
            if (capture.Bytes == 0)
            {
                return null;
            }

            _count++;
            string number = _count.ToString(CultureInfo.InvariantCulture);
            string? path = null;
            try
            {
                _folder ??= Directory.CreateTempSubdirectory("voiceclean-studio-").FullName;
                path = Path.Combine(_folder, $"take-{number}.wav");
                using (Stream sound = capture.OpenLast(double.PositiveInfinity))
                using (FileStream file = File.Create(path))
                {
                    sound.CopyTo(file);
                }

                _takes.Add(new StudioFile($"m{number}", $"take-{number}.wav", path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (path is not null)
                {
                    StaleTemporaries.TryRemove(path);       // a part of it fills the disk and is of no use
                }

                return null;
            }

            return _takes[^1];
        }
    }

    public void Dispose()
    {
        lock (_takes)
        {
            if (_folder is not null && Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }

            _takes.Clear();
            _folder = null;
        }
    }
}
