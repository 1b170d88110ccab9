using System.Globalization;
using VoiceClean.Web.Microphone;

namespace VoiceClean.Web.Studio;

/// <summary>
/// What the microphone check recorded in this run, so that it can be opened like any other recording. The files have a
/// name, because the command that the page offers must name one; they lie in a folder that only the user can read, and
/// go with the studio. Thread-safe.
/// </summary>
internal sealed class StudioTakes : IDisposable
{
    /// <summary>So many are kept; the oldest makes room.</summary>
    public const int Most = 4;

    private readonly List<StudioFile> _takes = [];
    private string? _folder;
    private int _count;

    /// <summary>Those that are kept, the oldest first.</summary>
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
            try
            {
                _folder ??= Directory.CreateTempSubdirectory("voiceclean-studio-").FullName;
                string path = Path.Combine(_folder, $"take-{number}.wav");
                using (Stream sound = capture.OpenLast(double.PositiveInfinity))
                using (FileStream file = File.Create(path))
                {
                    sound.CopyTo(file);
                }

                _takes.Add(new StudioFile($"m{number}", $"take-{number}.wav", path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }

            while (_takes.Count > Most)
            {
                File.Delete(_takes[0].Path);
                _takes.RemoveAt(0);
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
