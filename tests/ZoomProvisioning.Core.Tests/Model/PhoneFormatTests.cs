using Xunit;

namespace ZoomProvisioning.Tests.Model;

public class PhoneFormatTests
{
    [Theory]
    [InlineData("+1 5125550123", "+1 5125550123")]
    [InlineData("+1 (512) 555-0123", "+1 5125550123")]
    [InlineData("+1.512.555.0123", "+1 5125550123")]
    [InlineData("001 512 555 0123", "+1 5125550123")]
    [InlineData("+44 20 7946 0018", "+44 2079460018")]
    [InlineData("+44 (0)20 7946 0018", "+44 2079460018")]
    [InlineData("+49 30 901820", "+49 30901820")]
    [InlineData("0049 (0)30 901820", "+49 30901820")]
    [InlineData("+33 1 70 18 99 00", "+33 170189900")]
    [InlineData("+34 912 345 678", "+34 912345678")]
    [InlineData("+39 02 1234 5678", "+39 0212345678")]
    [InlineData("+39 (0)2 1234 5678", "+39 0212345678")]
    [InlineData("+41 44 668 18 00", "+41 446681800")]
    [InlineData("+43 1 58858 0", "+43 1588580")]
    [InlineData("+353 1 234 5678", "+353 12345678")]
    [InlineData("+351 213 456 789", "+351 213456789")]
    [InlineData("+352 27 12 34 56", "+352 27123456")]
    [InlineData("+358 9 1234567", "+358 91234567")]
    [InlineData("+420 224 123 456", "+420 224123456")]
    [InlineData("+7 495 123-45-67", "+7 4951234567")]
    [InlineData("+81 3-1234-5678", "+81 312345678")]
    [InlineData("+82 2-312-3456", "+82 23123456")]
    [InlineData("+86 10 1234 5678", "+86 1012345678")]
    [InlineData("+852 2345 6789", "+852 23456789")]
    [InlineData("+91 22 1234 5678", "+91 2212345678")]
    [InlineData("+61 2 9374 4000", "+61 293744000")]
    [InlineData("+64 9 123 4567", "+64 91234567")]
    [InlineData("+55 11 91234-5678", "+55 11912345678")]
    [InlineData("+52 55 1234 5678", "+52 5512345678")]
    [InlineData("+971 4 123 4567", "+971 41234567")]
    [InlineData("+972-2-123-4567", "+972 21234567")]
    [InlineData("+27 11 123 4567", "+27 111234567")]
    [InlineData("+234 1 234 5678", "+234 12345678")]
    [InlineData("+20 2 12345678", "+20 212345678")]
    [InlineData("tel:+1-512-555-0123", "+1 5125550123")]
    [InlineData("tel:+1-512-555-0123;ext=7", "+1 5125550123")]
    [InlineData("+49 (0)30 901820 ext. 7", "+49 30901820")]
    [InlineData("+1 512 555 0123 x5", "+1 5125550123")]
    [InlineData("0049 30 901820, Durchwahl 12", "+49 30901820")]
    [InlineData("(+44) 20 7946 0018", "+44 2079460018")]
    public void An_international_number_gets_Zooms_form(string number, string expected)
    {
        Assert.True(PhoneFormat.TryNormalize(number, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData("(512) 555-0123")]
    [InlineData("512-555-0123")]
    [InlineData("020 7946 0018")]
    [InlineData("+1 800 FLOWERS")]
    [InlineData("+1 512")]
    [InlineData("+1 234567890123456")]
    [InlineData("+0 123456789")]
    [InlineData("+")]
    [InlineData("")]
    [InlineData("ring Jill")]
    public void A_number_that_is_not_international_is_left_as_it_is(string number)
    {
        Assert.False(PhoneFormat.TryNormalize(number, out var normalized));
        Assert.Equal(number, normalized);
    }

    [Theory]
    [InlineData("+1 5125550123", "+15125550123", true)]
    [InlineData("+44 (0)20 7946 0018", "+442079460018", true)]
    [InlineData("00442079460018", "+44 2079460018", true)]
    [InlineData("555-0123", "5550123", true)]
    [InlineData("+1 5125550123", "+1 5125550124", false)]
    [InlineData("+1 5125550123", null, false)]
    [InlineData(null, "", true)]
    public void Only_the_digits_tell_numbers_apart(string? left, string? right, bool same)
    {
        Assert.Equal(same, PhoneFormat.SameNumber(left, right));
        Assert.Equal(same, PhoneFormat.SameNumber(right, left));
    }
}
