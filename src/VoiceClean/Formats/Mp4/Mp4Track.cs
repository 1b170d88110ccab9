using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Mp4;

/// <summary>What an MP4 file says of one audio track.</summary>
internal sealed class Mp4Track
{
    /// <summary>Its number in the file.</summary>
    public uint Id { get; set; }

    /// <summary>True if its samples are sound.</summary>
    public bool IsAudio { get; set; }

    /// <summary>True if the file says that it is to be played where nobody chooses.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Three letters of ISO 639-2; empty if the file does not say.</summary>
    public string Language { get; set; } = "";

    /// <summary>Ticks of its clock in a second.</summary>
    public uint Timescale { get; set; }

    /// <summary>Declared length [tick]; 0 = not said.</summary>
    public long Duration { get; set; }

    /// <summary>Edits that show something of it; edits of nothing are not counted.</summary>
    public int Edits => EditList.Count;

    /// <summary>
    /// What is shown, in its order: from where [tick], how long [tick of the movie's clock; 0 = to the end].
    /// </summary>
    public List<(long Start, long Duration)> EditList { get; } = [];

    /// <summary>True if there are more edits than were read.</summary>
    public bool HasMoreEdits { get; set; }

    /// <summary>Where the only shown part, or the last, begins [tick].</summary>
    public long EditStart => EditList.Count > 0 ? EditList[^1].Start : 0;

    /// <summary>How long that part is [tick of the movie's clock]; 0 = to the end.</summary>
    public long EditDuration => EditList.Count > 0 ? EditList[^1].Duration : 0;

    /// <summary>How the samples are coded, four characters; 0 = not said.</summary>
    public uint Coding { get; set; }

    /// <summary>The same as text; empty if it is none.</summary>
    public string CodingText
    {
        get
        {
            Span<byte> characters = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(characters, Coding);
            return characters.ContainsAnyExceptInRange((byte)' ', (byte)'~')
                ? ""
                : Encoding.ASCII.GetString(characters).Trim();
        }
    }

    /// <summary>
    /// What the codec needs before the sound: the AudioSpecificConfig, or what stands in dOps or dfLa; empty if nothing
    /// is there.
    /// </summary>
    public byte[] Config { get; set; } = [];

    /// <summary>Length of a frame where its fragment does not say it [byte]; 0 = not said either.</summary>
    public uint DefaultSize { get; set; }

    /// <summary>What the esds box says of the coding (ISO/IEC 14496-1 §7.2.6.6): 0x40 is MPEG-4 audio.</summary>
    public int ObjectType { get; set; }

    /// <summary>Where each frame stands, in the order of time.</summary>
    public Mp4Samples Samples { get; } = new();
}

/// <summary>Where the frames of a track stand in the file.</summary>
internal sealed class Mp4Samples
{
    private readonly List<(long Offset, int Size)> _samples = [];

    /// <summary>Number of frames.</summary>
    public int Count => _samples.Count;

    /// <summary>A frame's place and length [byte].</summary>
    public (long Offset, int Size) this[int index] => _samples[index];

    /// <summary>Adds a frame behind those that are there.</summary>
    public void Add(long offset, int size) => _samples.Add((offset, size));
}
