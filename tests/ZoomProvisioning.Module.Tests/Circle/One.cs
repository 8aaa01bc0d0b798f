using ZoomProvisioning.Module.Tests.Circle.Right;

namespace ZoomProvisioning.Module.Tests.Circle.Left;

/// <summary>Half of a circle between two folders, for the test that a circle is found.</summary>
internal sealed class One
{
    public Other? Next { get; set; }
}
