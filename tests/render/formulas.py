"""Formulas of every sort that scenes use, for comparing pictures."""


def grouped(*parts: str) -> str:
    """The formula as Manim has it compiled when it is given in parts."""
    return "".join(
        rf"\special{{dvisvgm:raw <g id='unique{place:03d}'>}}{part}\special{{dvisvgm:raw </g>}}"
        for place, part in enumerate(parts)
    )


MATH = r"""
x
-3.14
a+b=c
x^2+y^2=z^2
x_1^2
x_{i_{j_k}}
e^{i\pi}+1=0
e^{-\frac{x^2}{2\sigma^2}}
\frac{a}{b}
\frac{1}{1+\frac{1}{1+\frac{1}{x}}}
\dfrac{dy}{dx}\tfrac12
\binom{n}{k}=\frac{n!}{k!\,(n-k)!}
\sqrt{2}
\sqrt[3]{x+1}
\sqrt{1+\sqrt{1+\sqrt{1+x}}}
\left(\frac{a}{b}\right)^2
\left[\sum_{i=1}^n x_i\right]
\left\{\frac{\displaystyle\int f}{\displaystyle\int g}\right\}
\left\langle\psi\middle|\phi\right\rangle
\Bigg(\bigg(\Big(\big((x)\big)\Big)\bigg)\Bigg)
\left\lfloor\frac{x}{2}\right\rfloor+\left\lceil y\right\rceil
\left|\frac{\frac{a}{b}}{\frac{c}{d}}\right|\left\|v\right\|
\begin{matrix}a&b\\c&d\end{matrix}
\begin{pmatrix}1&0&0\\0&1&0\\0&0&1\end{pmatrix}
\begin{bmatrix}x_{11}&\cdots&x_{1n}\\\vdots&\ddots&\vdots\\x_{m1}&\cdots&x_{mn}\end{bmatrix}
\begin{vmatrix}a&b\\c&d\end{vmatrix}
\begin{Vmatrix}a\\b\end{Vmatrix}
\begin{Bmatrix}a\\b\\c\\d\\e\\f\\g\end{Bmatrix}
\begin{smallmatrix}a&b\\c&d\end{smallmatrix}
\begin{array}{c|cc}x&1&2\\\hline y&3&4\end{array}
f(x)=\begin{cases}x^2&x\ge0\\-x&x<0\end{cases}
\underbrace{a+b+\cdots+z}_{26}
\overbrace{a+b+c}^{\text{three}}
\overline{AB}+\underline{CD}
\overrightarrow{AB}+\overleftarrow{CD}+\overleftrightarrow{EF}
\widehat{xyz}+\widetilde{abc}
\hat a\check b\tilde c\acute d\grave e\dot f\ddot g\breve h\bar i\vec v
\dddot x+\ddddot y+\mathring{A}
\mathbb{R}\mathbb{C}\mathbb{N}\mathbb{Z}\mathbb{Q}
\mathcal{L}\mathcal{F}\mathcal{N}
\mathfrak{g}\mathfrak{A}\mathfrak{sl}
\mathbf{v}\mathrm{d}x\mathit{fi}\mathsf{A}\mathtt{code}
\boldsymbol{\alpha}+\boldsymbol{x}\cdot\boldsymbol{\nabla}
\text{if }x>0\text{ then }\textbf{bold}\textit{ slanted}
\operatorname{argmax}_{x\in X}f(x)
\sin\theta+\cos\theta+\tan\theta+\log x+\ln y+\exp z
\lim_{x\to0}\frac{\sin x}{x}=1
\limsup_{n\to\infty}a_n\max_{i}b_i\inf S\sup T\det A\gcd(a,b)
\int_0^\infty e^{-x}\,dx
\iint_D f\,dA+\iiint_V g\,dV+\oint_C \vec F\cdot d\vec r
\int\limits_a^b f(x)\,dx
\sum_{n=1}^{\infty}\frac{1}{n^2}=\frac{\pi^2}{6}
\prod_{p}\frac{1}{1-p^{-s}}\coprod_i A_i
\bigcup_{i}A_i\bigcap_{j}B_j\bigoplus V\bigotimes W\bigvee\bigwedge
\sum_{\substack{0<i<m\\0<j<n}}P(i,j)
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu
\nu\xi\pi\varpi\rho\varrho\sigma\varsigma\tau\upsilon\phi\varphi\chi\psi\omega
\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega
\pm\mp\times\div\cdot\ast\star\circ\bullet\oplus\otimes\odot
\leq\geq\neq\approx\equiv\sim\simeq\cong\propto\ll\gg
\leqslant\geqslant\lesssim\gtrsim\nleq\ngeq\subsetneq
\in\notin\ni\subset\subseteq\supset\supseteq\cup\cap\setminus\emptyset\varnothing
\forall x\exists y\nexists z\neg p\land q\lor r\implies s\iff t
\leftarrow\rightarrow\leftrightarrow\Leftarrow\Rightarrow\Leftrightarrow
\longrightarrow\Longrightarrow\longmapsto\mapsto\hookrightarrow
\uparrow\downarrow\nearrow\searrow\rightharpoonup\rightleftharpoons
\xrightarrow{f}\xleftarrow[n\to\infty]{g}\overset{?}{=}\underset{x}{\min}
\nabla\times\vec E=-\frac{\partial\vec B}{\partial t}
\infty\aleph_0\hbar\ell\Re\Im\wp\partial\nabla\angle\triangle\square\blacksquare
\ldots\cdots\vdots\ddots
\therefore\because\checkmark\dagger\ddagger\S\P
a\equiv b\pmod{n}\quad a\bmod b
f'(x)f''(x)f'''(x)f^{(4)}(x)
90^\circ\,\%\,\$\,\#\,\&\,\{\}\_
a\!b\,c\:d\;e\ f\quad g\qquad h
x&=1\\y&=2\\z&=x+y
\phantom{x}y\hphantom{abc}z\vphantom{\frac12}
\boxed{E=mc^2}
\stackrel{\mathrm{def}}{=}
\tbinom nk\dbinom nk{n\choose k}
\rule{1em}{0.4pt}x\rule{0.4pt}{1em}
\not=\not\in\nmid\nparallel
\left.\frac{df}{dx}\right|_{x=0}
\big/\Big\backslash\bigg\uparrow\Bigg\Downarrow
\digamma\gimel\beth\daleth\eth\Bbbk\complement
\textstyle\sum_{i=1}^n\displaystyle\sum_{i=1}^n
\cfrac{1}{2+\cfrac{3}{4+x}}
\sideset{_a^b}{_c^d}\prod
\xleftarrow{aaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
\widehat{abcdefgh}\widetilde{abcdefgh}
\mathbin{@}\mathop{X}\mathrel{R}
\lVert x\rVert\lvert y\rvert
\hslash\lessdot\blacktriangle\bigstar\circledast\curvearrowright
0123456789
\begin{aligned}a&=b\\&=c\end{aligned}
\begin{array}{|l|r|}\hline 1&2\\\hline\end{array}
\left(\begin{array}{cc|c}1&2&3\\4&5&6\end{array}\right)
""".strip().splitlines()
MATH.append(grouped("a^2 ", "+b"))
TEXT = r"""
Hello, world!
ffi ffl ff fi fl --- -- ``quoted'' `q' ?` !`
\textbf{Bold} \textit{italic} \textsc{Small Caps} \texttt{mono} \textsf{sans} \emph{emphasis} \textsl{slanted}
{\tiny a}{\scriptsize b}{\footnotesize c}{\small d}{\large e}{\Large f}{\LARGE g}{\huge h}{\Huge i}
Na\"{\i}ve caf\'e \`a la carte, \~n \^o \c{c} \o \aa \ae \oe \ss \l \v{s} \H{o} \u{g} \d{u} \b{b} \t{oo} \r{A}
\begin{itemize}\item one\item two \begin{itemize}\item deep\end{itemize}\end{itemize}
\begin{tabular}{|c|l|r|}\hline a&b&c\\\hline 1&2&3\\\cline{2-3}4&5&6\\\hline\end{tabular}
The area is $\pi r^2$ and $\displaystyle\sum_{i=1}^n i=\frac{n(n+1)}2$.
A sentence that is long enough to be broken into lines, as words in scenes sometimes are when nobody looks at them.
\underline{underlined} \$5 \& 7\% \#1 \_ \{ \} \textbackslash \textasciitilde \dag \ddag \copyright \pounds
\LaTeX{} and \TeX
\begin{flushleft}left\\lines\end{flushleft}
\textdegree\textbullet\textregistered\texttrademark
""".strip().splitlines()
HOUSE = r"""
\color{red}x+y
a+\textcolor{blue}{b}+c
{\color[rgb]{0.123,0.2,0.3456}x}+\textcolor[RGB]{10,200,30}{y}+\textcolor[HTML]{AABBCC}{z}
\textcolor[gray]{0.5}{g}\textcolor[cmyk]{0.1,0.5,0.3,0.2}{c}\textcolor{red!30!blue}{m}
\textcolor{red}{\frac{a}{\textcolor{green}{b}}}
\color{orange}\sqrt{\frac{x}{y}}
\colorbox{yellow}{$x$}\fcolorbox{red}{white}{$y$}
\cancel{x}+\bcancel{y}+\xcancel{z}
\frac{\cancel{a}b}{\cancel{a}c}
\cancelto{0}{x^2}
\bm{v}\cdot\bm{\omega}\bm{A}
a\coloneqq b\eqqcolon c
\begin{pmatrix*}[r]-1&0\\0&-1\end{pmatrix*}
\begin{dcases}\frac12&x\\1&y\end{dcases}
\underbracket{a+b}_{c}\overbracket{d}\xleftrightarrow{x}
""".strip().splitlines()
HOUSE.append(grouped(r"\color{red}a", r"b\frac12"))
