namespace Niche.Storage.Embedded;

/// <summary>What an acknowledged write survives.</summary>
public enum Durability
{
    /// <summary>
    /// Kill -9 and any crash of the process. A power loss or kernel crash may undo the last moments (a job accepted just before would be lost), but
    /// leaves the database sound. SQLite synchronous=NORMAL.
    /// </summary>
    Normal,

    /// <summary>Power loss too: every commit waits for the disk. SQLite synchronous=FULL, blobs flushed. Much slower on ordinary disks.</summary>
    Full,
}
