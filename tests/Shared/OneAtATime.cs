#if !NET
using Xunit;

// The clock of these tests asks whether any thread of the process is at work, and would wait for those of another test.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
#endif
