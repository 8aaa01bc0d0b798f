using ZoomProvisioning.Module.Tests.Circle.Left;

namespace ZoomProvisioning.Module.Tests.Circle.Right;

/// <summary>Half of a circle between two folders, for the test that a circle is found.</summary>
internal sealed class Other
{
    public One? Next { get; set; }
}
