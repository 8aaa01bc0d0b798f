using System;

namespace ZoomProvisioning.Connections;

/// <summary>How a profile is written in a file.</summary>
public interface IProfileFormat
{
    /// <summary>The profile as a text that a person can read and change.</summary>
    string Write(ZoomScimProfile profile);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="name">The profile's name, which is not in the text.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no profile. The message says where and never repeats a value.</exception>
    ZoomScimProfile Read(string name, string text);
}
