using Xunit;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>Tests that keep the whole machine busy run after the others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
