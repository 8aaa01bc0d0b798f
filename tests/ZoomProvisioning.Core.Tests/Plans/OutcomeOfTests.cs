using System;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Plans;

/// <summary>What an error says about a change.</summary>
public class OutcomeOfTests
{
    public static TheoryData<Exception, ChangeOutcome> Errors => new()
    {
        { new ScimNotSentException("stopped"), ChangeOutcome.NotSent },
        { new ScimWithheldException("withheld"), ChangeOutcome.NotSent },
        { new ScimStateException("Zoom.State.JournalUnwritable", "full"), ChangeOutcome.NotSent },
        { new ScimOutcomeUnknownException("no answer"), ChangeOutcome.Unknown },
        { new ScimServerException("Zoom.Server.Failed", "503"), ChangeOutcome.Unknown },
        { new ScimConnectionException("Zoom.Connection.Failed", "gone"), ChangeOutcome.Unknown },
        { new ScimBadRequestException("Zoom.Request.Refused", "no"), ChangeOutcome.Failed },
        { new ScimBadRequestException("Zoom.Request.Refused", "no") { UserExists = true }, ChangeOutcome.Unknown },
        { new InvalidOperationException("a defect"), ChangeOutcome.Unknown },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Each_error_has_one_outcome(Exception error, ChangeOutcome outcome) => Assert.Equal(outcome, OutcomeOf.Error(error));

    [Theory]
    [InlineData("Cannot activate or deactivate Zoom Room and Admin users.", true)]
    [InlineData("Cannot delete Admin user.", true)]
    [InlineData("Cannot update Zoom Room user to free", true)]
    [InlineData("Cannot change the email of Admin user.", true)]
    [InlineData("User a@example.com not exist or not belong to this account.", true)]
    [InlineData("User is force inactive.", false)]
    [InlineData("User is inactive or locked.", false)]
    public void Whom_Zoom_protects_is_a_skip(string text, bool isSkip) => Assert.Equal(isSkip, OutcomeOf.IsReportedSkip(FakeZoom.Refusal(400, text)));
}
