namespace VoiceClean.Formats.Matroska;

/// <summary>What may stand where sound is looked for. Source: RFC 9559 §5.1, RFC 8794 §11.3.</summary>
internal static class MatroskaIds
{
    public const uint Ebml = 0x1A45DFA3, Segment = 0x18538067, Cluster = 0x1F43B675, ClusterTime = 0xE7,
        Group = 0xA0, SimpleBlock = 0xA3, Block = 0xA1, Discard = 0x75A2;

    private const uint SeekHead = 0x114D9B74, Info = 0x1549A966, Tracks = 0x1654AE6B, Cues = 0x1C53BB6B,
        Attachments = 0x1941A469, Chapters = 0x1043A770, Tags = 0x1254C367, Position = 0xA7, PreviousSize = 0xAB,
        SilentTracks = 0x5854, EncryptedBlock = 0xAF, Filler = 0xEC, Checksum = 0xBF;

    /// <summary>True for all that is known to stand in a file, a segment or a cluster.</summary>
    public static bool IsKnown(uint id) =>
        id
            is Ebml or Segment or Cluster or ClusterTime or Group or SimpleBlock
            or SeekHead or Info or Tracks or Cues or Attachments or Chapters or Tags
            or Position or PreviousSize or SilentTracks or EncryptedBlock or Filler or Checksum;
}
