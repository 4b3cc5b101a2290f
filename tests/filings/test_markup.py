"""HTML to text, and where each character came from."""

import pytest

from dealterms.filings.markup import is_html, render


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One\n  two</p><p>three</p>", "One two\n\nthree"),
        ("<div>One<br>two<br/><br/>three</div>", "One\ntwo\n\nthree"),
        ("<p>A&amp;B &lt;5% &#8220;x&#x201D; &#146;s &copy</p>", "A&B <5% “x” ’s ©"),
        ("<p>a&nbsp;&nbsp;b&#160;c&ensp;d&#8203;e</p>", "a b c de"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td><td>4</td></tr></table>", "1\t2\n3\t4"),
        ("<table><tr><td><p>1</p></td><td><div>2</div><div>3</div></td></tr></table>after", "1\t2\n\n3\n\nafter"),
        ("<table><tr><td>1</td><td><table><tr><td>2</td></tr></table></td></tr></table>", "1\n\n2"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1\t2\n3"),
        ("<ul><li>one<li>two</ul>three", "one\ntwo\n\nthree"),
        ("<p><b>bo</b>ld <i>it</i>alic</p>", "bold italic"),
        ("<p>1<sup>st</sup></p>", "1st"),
        ("<p>a<script>if (a<b) {'</p>'}</script>b<style>p {x}</style>c</p>", "abc"),
        ("<head><title>T</title></head><body>b</body>", "b"),
        ("<head><title>T<body>b</body>", "b"),
        ("<p>a<!-- <p>no</p> -->b</p>", "ab"),
        ("<p>a<span style='display: none'>no<span>no</span>no</span>b</p>", "ab"),
        ("<p hidden>no<p>yes", "yes"),
        ("<p style='overflow: hidden'>yes</p>", "yes"),
        ("<td style='visibility:collapse'/>yes", "yes"),
        ("<div style='display:none'>shown, because never closed", "shown, because never closed"),
        ("<ix:header>no</ix:header><p>hidden</p><div style='display:none'>open", "hidden\n\nopen"),
        ("<p><span>(d)</span><span style='padding-left:9pt'>Exhibits</span></p>", "(d) Exhibits"),
        ("<p><font style='display:inline-block'>•</font>Point</p>", "• Point"),
        ("<p>a <div style='display:inline'>b</div> c</p>", "a b c"),
        ("<p>a<span style='display:block'>b</span>c</p>", "a\n\nb\n\nc"),
        ("<pre>a  b\n  c</pre>d  e", "a  b\n  c\n\nd e"),
        ("<p title='a > b'>c</p><p title=it's>d</p>", "c\n\nd"),
        ("<p title='never closed>a</p><p>b</p>", "a\n\nb"),
        ("<p>a < b <3 c</p>", "a < b <3 c"),
        ("<p>a<b", "a<b"),
        ("<p>a<!-- b</p>", "a b"),
        ("<?xml version='1.0'?><!DOCTYPE html><p>a</p>", "a"),
        ("<p></p>", ""),
    ],
)
def test_text(source: str, text: str) -> None:
    assert render(source).text == text


def test_plain_text_stays() -> None:
    source = "<PAGE>  2\n<TABLE>\n<CAPTION>  A &amp; B\n<S>  <C>\n  1  2\n</TABLE>"
    assert not is_html(source)
    page = render(source, 8, 40)
    assert page.text == source[8:40]
    assert page.span(2, 5) == (10, 13)


def test_each_character_has_its_place() -> None:
    source = "..<p>One\n  <b>t</b>wo &amp;&#160;more</p><p>x</p>"
    page = render(source, 2)
    assert page.text == "One two & more\n\nx"
    assert [source[slice(*page.span(i, i + 1))] for i in (0, 4, 5, 8, 13, 16)] == ["O", "t", "w", "&amp;", "e", "x"]
    assert source[slice(*page.span(4, 9))] == "t</b>wo &amp;"
    assert page.span(3, 3) == (14, 14)


def test_segments_are_few() -> None:
    page = render("<p>" + "some words in one line " * 100 + "</p>")
    assert len(page.places) < 5
